"use client";

import { Button } from "@mantine/core";
import { useAction } from "@/components/kit/use-action";
import { signOut } from "@/lib/client/sign-in";

/** Ends the session in use. */
export function SignOutButton() {
  const { run, busy } = useAction({ notify: true });
  const leave = () =>
    run(async () => {
      await signOut();
      // A full load, so that nothing of the person stays in memory.
      window.location.assign("/sign-in");
    });
  return (
    <Button variant="default" size="xs" loading={busy} onClick={leave}>
      Sign out
    </Button>
  );
}
