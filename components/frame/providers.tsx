"use client";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { cssVariablesResolver } from "@/components/frame/css-variables";
import { theme } from "@/components/frame/theme";
import { StepUpProvider } from "@/components/kit/step-up";

/** What every page stands in: theme, notifications, the dialog that asks to show again that it is you. `nonce` is the page's CSP nonce. */
export function Providers({ nonce, children }: { readonly nonce: string; readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" limit={4} />
      <StepUpProvider>{children}</StepUpProvider>
    </MantineProvider>
  );
}
