"use client";

import { Alert } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import type { BegunSignIn } from "@/components/door/entrant";
import { SignInFlow } from "@/components/door/sign-in-flow";
import { tellTabs } from "@/lib/client/sign-in";
import type { DemoSignInsDto } from "@/lib/contracts/factors";

/** The sign-in page's flow. `next` is a path of this site to go to afterwards. */
export function SignInDoor(props: {
  readonly next: string;
  /** What became of a way to an identity provider, where it did not end well. */
  readonly trouble: string | null;
  readonly begun: BegunSignIn | null;
  readonly demo: DemoSignInsDto | null;
}) {
  return (
    <>
      {props.trouble ? (
        <Alert
          color="red"
          role="alert"
          title="Not signed in"
          mb="md"
          icon={<IconAlertCircle size={18} aria-hidden="true" />}
        >
          {props.trouble}
        </Alert>
      ) : null}
      <SignInFlow
        begun={props.begun}
        demo={props.demo}
        sso={{ kind: "page", next: props.next, anew: props.trouble !== null }}
        title="Sign in"
        lead="Write compensating controls worksheets that a QSA can accept, and prove years later what was signed."
        onDone={() => {
          tellTabs();
          // A full load, so that the frame is built for the person.
          window.location.assign(props.next);
        }}
      />
    </>
  );
}
