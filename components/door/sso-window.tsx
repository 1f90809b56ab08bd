"use client";

import { Button, Loader, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { tellTabs } from "@/lib/client/sign-in";
import { closeProviderWindow, goToProvider } from "@/lib/client/single-sign-on";
import type { SsoPurpose } from "@/lib/contracts/sso-words";

/** The first moment of a window of its own: it leaves for the identity provider at once. */
export function SsoDeparture(props: { readonly connectionId: string; readonly purpose: SsoPurpose }) {
  const { connectionId, purpose } = props;
  const { run, error } = useAction();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void run(() => goToProvider(connectionId, purpose));
  }, [run, connectionId, purpose]);
  if (!error) return <Loader role="status" aria-label="Going to your identity provider" />;
  return (
    <Stack gap="sm">
      <ProblemAlert error={error} />
      <CloseButton />
    </Stack>
  );
}

/** The last moment of it: it tells the page how it ended, and closes. */
export function SsoArrival(props: {
  readonly purpose: SsoPurpose;
  readonly trouble: string | null;
  readonly words: string | null;
}) {
  const { purpose, trouble, words } = props;
  useEffect(() => {
    // Whoever waits for a session looks for it; whoever shows again who they are waits for this word.
    if (purpose === "sign_in_again") tellTabs();
    if (trouble === null || purpose === "step_up") closeProviderWindow({ purpose, trouble });
  }, [purpose, trouble]);
  return (
    <Stack gap="sm">
      <Text role={words ? "alert" : "status"}>{words ?? "All is well: go on in the page that you came from."}</Text>
      <CloseButton />
    </Stack>
  );
}

function CloseButton() {
  return (
    <Button variant="default" onClick={() => window.close()}>
      Close this window
    </Button>
  );
}
