"use client";

import { Button, Group } from "@mantine/core";
import { useAction } from "@/components/kit/use-action";
import { signOut } from "@/lib/client/sign-in";

/** Leaves a sign-in that was begun, and goes back to its first step. */
export function StartOver({ onDone }: { readonly onDone: () => void }) {
  const { run, busy } = useAction({ notify: true });
  const leave = async () => {
    const done = await run(async () => {
      await signOut();
      return true;
    });
    if (done) onDone();
  };
  return (
    <Group justify="center" mt="md">
      <Button variant="subtle" color="gray" size="compact-sm" loading={busy} onClick={leave}>
        Start over as somebody else
      </Button>
    </Group>
  );
}
