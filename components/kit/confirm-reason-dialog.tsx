"use client";

import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useId, useRef, useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { tooLong } from "@/components/kit/too-long";
import { useAction } from "@/components/kit/use-action";
import { isProblem } from "@/lib/client/errors";

/** What is asked, what the reason may be, and what follows. */
export interface ConfirmReasonProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen. */
  readonly children?: ReactNode;
  /** The word on the button, a verb. */
  readonly confirm: string;
  readonly reasonLabel?: string;
  /** Default true. Without it an empty reason is accepted. */
  readonly required?: boolean;
  readonly danger?: boolean;
  /** Most characters. */
  readonly maxLength?: number;
  /** Fields under the reason that have to be filled in too, and what they show of an error, which is theirs then. */
  readonly beside?: { readonly ready: boolean; readonly fields: (error: unknown) => ReactNode };
  readonly onConfirm: (reason: string) => Promise<unknown>;
  /** Loads the page's content anew; offered when the act failed because the content is another by now. */
  readonly onReload?: () => void;
}

/** The dialog of a ConfirmReason, which loads it when it is first asked. */
export function ConfirmReasonDialog(props: ConfirmReasonProps) {
  const { required = true, maxLength = 4000, beside } = props;
  const formId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { run, busy, error, clear } = useAction();
  const close = () => {
    clear();
    setMissing(false);
    props.onClose();
  };
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const empty = required && reason.trim() === "";
    setMissing(empty);
    if (empty || tooLong(reason, maxLength)) return;
    const done = await run(async () => {
      await props.onConfirm(reason);
      return true;
    });
    if (!done) {
      field.current?.focus();
      return;
    }
    setReason("");
    props.onClose();
  };
  // To try again is then of no use until the content was read anew.
  const outdated = isProblem(error, "wrong_state", "digest_differs", "stale");
  return (
    <Modal
      opened={props.opened}
      onClose={close}
      title={props.title}
      size="md"
      closeOnClickOutside={reason === "" && !busy}
      // While the password is asked for on top of it, Escape is for that dialog.
      closeOnEscape={!busy}
    >
      <form id={formId} onSubmit={submit} noValidate>
        <Stack gap="sm">
          {props.children ? <Text component="div">{props.children}</Text> : null}
          <Textarea
            ref={field}
            label={props.reasonLabel ?? "Reason"}
            required={required}
            autosize
            minRows={3}
            maxRows={12}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={missing ? "Please say why." : tooLong(reason, maxLength)}
            data-autofocus
          />
          {beside ? beside.fields(error) : <ProblemAlert error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close} disabled={busy}>
              Cancel
            </Button>
            {outdated && props.onReload ? (
              // A button of its own: turned into the other one within its click, it would send the form.
              <Button
                key="reload"
                onClick={() => {
                  clear();
                  props.onReload?.();
                }}
              >
                Load it again
              </Button>
            ) : (
              <Button
                key="confirm"
                type="submit"
                loading={busy}
                disabled={beside?.ready === false}
                color={props.danger ? "red" : undefined}
              >
                {props.confirm}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
