"use client";

import { Button, Group, Stack, Text } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";
import { DoorRoom } from "@/components/door/door";
import { DoorStep } from "@/components/door/door-step";
import type { BegunSignIn } from "@/components/door/entrant";
import { SignInFlow } from "@/components/door/sign-in-flow";
import { useAction } from "@/components/kit/use-action";
import type { GuardedSession } from "@/components/session/guarded-session";
import classes from "@/components/session/lock-dialog.module.css";
import { signOut } from "@/lib/client/sign-in";

/** Mantine's dialogs leave Escape alone where it comes from an element with this attribute. */
const NOT_FOR_MANTINE = "data-mantine-stop-propagation";

/**
 * Covers a page whose session has ended, and lets its person sign in again in place. The page stays mounted beneath with
 * all that was typed, but nothing of it is seen, found, printed or reached by the keyboard: a dialog of the browser's own
 * stands above every other layer.
 */
export function LockDialog(props: {
  readonly person: GuardedSession["person"];
  readonly begun: BegunSignIn | null;
  /** Somebody else who has signed in in this browser. */
  readonly other: string | null;
  readonly demo: boolean;
  readonly singleSignOn: GuardedSession["singleSignOn"];
  readonly onSignedIn: () => void;
}) {
  const { person, other } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => cover(dialog.current), []);
  return (
    <dialog
      ref={dialog}
      className={classes.lock}
      aria-label="Locked"
      onCancel={(event) => event.preventDefault()}
      onClose={(event) => event.currentTarget.showModal()}
      onFocusCapture={(event) => event.target.setAttribute(NOT_FOR_MANTINE, "true")}
    >
      <DoorRoom>
        {other === null ? (
          <SignInFlow
            begun={props.begun}
            email={person.email ?? ""}
            title="Locked"
            lead={`Your sign-in has ended, ${person.name}. What you typed is still here: sign in to go on.`}
            demo={props.demo ? "ask" : null}
            sso={props.singleSignOn === null ? null : { kind: "window", connectionId: props.singleSignOn }}
            onDone={props.onSignedIn}
          />
        ) : (
          <OtherPerson name={person.name} other={other} />
        )}
      </DoorRoom>
    </dialog>
  );
}

function OtherPerson({ name, other }: { readonly name: string; readonly other: string }) {
  const { run, busy } = useAction({ notify: true });
  return (
    <DoorStep title={`${other} is signed in`} lead={`This page was opened by ${name}.`}>
      <Stack gap="md">
        <Text>
          Nothing that {name} typed here is sent under another name. Text of a worksheet that was not saved yet stays on
          this device, and is offered there when {name} opens it again.
        </Text>
        <Group gap="xs">
          <Button onClick={() => leaveFor("/engagements")}>Go on as {other}</Button>
          <Button variant="default" loading={busy} onClick={() => run(signOut)}>
            Sign in as {name}
          </Button>
        </Group>
      </Stack>
    </DoorStep>
  );
}

/** Loads another page, without the question about unsaved text that the page beneath would ask: it has been answered. */
function leaveFor(address: string): void {
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
  window.location.assign(address);
}

/** Puts the dialog above everything, and takes the keys from what is beneath. @returns what lifts it */
function cover(dialog: HTMLDialogElement | null): () => void {
  if (!dialog) return () => {};
  const before = document.activeElement;
  const keep = (event: KeyboardEvent) => {
    event.stopPropagation();
    // Or the browser closes the dialog, whatever is said to its question.
    if (event.key === "Escape") event.preventDefault();
  };
  dialog.addEventListener("keydown", keep);
  document.documentElement.dataset.locked = "";
  document.body.setAttribute(NOT_FOR_MANTINE, "true");
  dialog.showModal();
  // What is missing is the password; the address stands there already.
  dialog.querySelector<HTMLElement>("input[type=password]")?.focus();
  return () => {
    dialog.removeEventListener("keydown", keep);
    delete document.documentElement.dataset.locked;
    document.body.removeAttribute(NOT_FOR_MANTINE);
    if (before instanceof HTMLElement) setTimeout(() => before.isConnected && before.focus({ preventScroll: true }));
  };
}
