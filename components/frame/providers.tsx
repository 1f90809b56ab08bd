"use client";

import { MantineProvider } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { cssVariablesResolver } from "@/components/frame/css-variables";
import { Notices } from "@/components/frame/notices";
import { theme } from "@/components/frame/theme";
import { RefreshProvider } from "@/components/kit/refresh";
import { StepUpProvider } from "@/components/kit/step-up";
import type { GuardedSession } from "@/components/session/guarded-session";
import { SessionGuard } from "@/components/session/session-guard";

/**
 * What every page stands in: theme, notifications, reading the page anew, the dialog that asks to show again that it is you, and for a person's
 * pages the guard of their session. `nonce` is that of the content security policy the document came with.
 */
export function Providers(props: {
  readonly nonce: string;
  readonly session: GuardedSession | null;
  readonly children: ReactNode;
}) {
  // A refreshed layout brings the nonce of its own request; the browser goes on by the document's.
  const [kept] = useState(props.nonce);
  lendNonce(kept);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => kept}
    >
      <Notices />
      <RefreshProvider>
        <StepUpProvider>
          {props.session ? <SessionGuard session={props.session} /> : null}
          {props.children}
        </StepUpProvider>
      </RefreshProvider>
    </MantineProvider>
  );
}

/** The style element that holds the page still behind a dialog is made by a library that looks for the nonce here. */
function lendNonce(nonce: string): void {
  if (typeof window !== "undefined") Object.assign(window, { __webpack_nonce__: nonce });
}
