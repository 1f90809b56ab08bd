"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useAction } from "@/components/kit/use-action";
import { signOut } from "@/lib/client/sign-in";

/** Says that the session ends soon; with `canStay` the person may let it live on. `endsAt` is by the page's clock. */
export function EndingDialog(props: {
  readonly endsAt: number;
  readonly canStay: boolean;
  readonly onStay: () => void;
  readonly onUnderstood: () => void;
}) {
  const { endsAt, canStay } = props;
  const { run, busy } = useAction({ notify: true });
  const leave = () =>
    run(async () => {
      await signOut();
      window.location.assign("/sign-in");
    });
  const close = canStay ? props.onStay : props.onUnderstood;
  return (
    <Modal
      opened
      onClose={close}
      title={canStay ? "Are you still there?" : "Your sign-in ends soon"}
      size="sm"
      zIndex={450}
      centered
      // Escape would reach a dialog beneath as well.
      closeOnEscape={false}
    >
      <Stack gap="sm">
        <Text>
          {canStay
            ? "Nobody has used this page for a while. It is locked in "
            : "A sign-in lasts a working day and no longer. This page asks for a new one in "}
          <TimeLeft endsAt={endsAt} />. What you typed stays here.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" loading={busy} onClick={leave}>
            Sign out
          </Button>
          <Button onClick={close} data-autofocus>
            {canStay ? "Stay signed in" : "All right"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Minutes and seconds until an instant, counting down. Not read out at each second. */
function TimeLeft({ endsAt }: { readonly endsAt: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((endsAt - now) / 1000));
  return (
    <span role="timer" className="tabular">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  );
}
