"use client";

import { Button } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";

/** Ends the session in use. */
export function SignOutButton() {
  const { run, busy, error } = useAction();
  const leave = () =>
    run(async () => {
      await api.post("/session/sign-out", {});
      // A full load, so that nothing of the person stays in memory.
      window.location.assign("/sign-in");
    });
  return (
    <>
      <Button
        variant="default"
        loading={busy}
        onClick={leave}
        leftSection={<IconLogout size={16} aria-hidden="true" />}
      >
        Sign out
      </Button>
      <ProblemAlert error={error} mt="sm" />
    </>
  );
}
