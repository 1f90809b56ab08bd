"use client";

import { Alert, Button, Group } from "@mantine/core";
import { IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { SsoCheckDto } from "@/lib/contracts/single-sign-on";

/** Looks whether an identity provider is there and as it has to be, and says in words what it is not. */
export function IssuerCheck({ read }: { readonly read: () => string }) {
  const { run, busy, error } = useAction();
  const [found, setFound] = useState<SsoCheckDto | null>(null);
  const check = async () => {
    setFound(null);
    const reply = await run(() => api.post<SsoCheckDto>("/organisation/sso/check", { issuer: read() }));
    if (reply) setFound(reply);
  };
  return (
    <Group gap="xs" align="flex-start" mt={-12}>
      <Button variant="default" loading={busy} onClick={check}>
        Check the issuer
      </Button>
      {found ? (
        <Alert
          role="status"
          flex="1 1 16rem"
          color={found.problem === null ? "green" : "yellow"}
          icon={
            found.problem === null ? (
              <IconCircleCheck size={18} aria-hidden="true" />
            ) : (
              <IconInfoCircle size={18} aria-hidden="true" />
            )
          }
        >
          {found.problem ?? "The provider answers, and has what Countervail needs."}
        </Alert>
      ) : null}
      <ProblemAlert error={error} flex="1 1 16rem" />
    </Group>
  );
}
