"use client";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { cssVariablesResolver } from "@/components/frame/css-variables";
import { theme } from "@/components/frame/theme";
import { StepUpProvider } from "@/components/kit/step-up";
import { type GuardedSession, SessionGuard } from "@/components/session/session-guard";

/**
 * What every page stands in: theme, notifications, the dialog that asks to show again that it is you, and for a person's
 * pages the guard of their session. `nonce` is the page's CSP nonce.
 */
export function Providers(props: {
  readonly nonce: string;
  readonly session: GuardedSession | null;
  readonly children: ReactNode;
}) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => props.nonce}
    >
      <Notifications position="bottom-right" limit={4} />
      <StepUpProvider>
        {props.session ? <SessionGuard session={props.session} /> : null}
        {props.children}
      </StepUpProvider>
    </MantineProvider>
  );
}
