"use client";

import { Button, Group, Stack, Text } from "@mantine/core";
import { IconMailPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { ORGANISATION_ROLE_WORDS } from "@/components/engagement/words";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { DateText } from "@/components/kit/date-text";
import { EmailText } from "@/components/kit/email-text";
import { EmptyState } from "@/components/kit/empty-state";
import { useRefresh } from "@/components/kit/refresh";
import { HandedOverNote } from "@/components/organisation/handed-over";
import { api } from "@/lib/client/api";
import type { InvitationMadeDto, InvitationRowDto } from "@/lib/contracts/people";

interface Asked {
  readonly invitation: InvitationRowDto;
  readonly act: "resend" | "withdraw";
}

/** The invitations that nobody has taken yet: each can be sent again or withdrawn. */
export function InvitationList({ invitations }: { readonly invitations: readonly InvitationRowDto[] }) {
  const refresh = useRefresh();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [sent, setSent] = useState<InvitationMadeDto | null>(null);
  const columns = useMemo(() => invitationColumns(setAsked), []);
  const act = async () => {
    if (!asked) return;
    const path = `/organisation/invitations/${asked.invitation.id}`;
    setSent(asked.act === "resend" ? await api.post<InvitationMadeDto>(`${path}/resend`, {}) : null);
    if (asked.act === "withdraw") await api.delete(path);
    refresh();
  };
  if (invitations.length === 0) {
    return (
      <EmptyState icon={IconMailPlus} title="No invitation is open" order={3}>
        Whoever you invite stands here until they have joined.
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      {sent ? <HandedOverNote handed={sent} title={`${sent.name} is invited again`} email={sent.email} /> : null}
      <DataTable label="Open invitations" rows={invitations} columns={columns} idOf={({ id }) => id} />
      <ConfirmAct
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked?.act === "withdraw" ? "Withdraw the invitation?" : "Send the invitation again?"}
        confirm={asked?.act === "withdraw" ? "Withdraw" : "Send again"}
        danger={asked?.act === "withdraw"}
        onConfirm={act}
      >
        {asked?.act === "withdraw" ? (
          <>The link that {asked.invitation.email} has stops working at once.</>
        ) : (
          <>{asked?.invitation.email} gets a new link for seven days. The one before stops working at once.</>
        )}
      </ConfirmAct>
    </Stack>
  );
}

function invitationColumns(ask: (asked: Asked) => void): DataColumn<InvitationRowDto>[] {
  return [
    {
      id: "name",
      header: "Person",
      meta: { lead: true },
      cell: (row) => (
        <Text span inherit truncate maw="20rem" title={row.name}>
          {row.name}
        </Text>
      ),
    },
    { id: "email", header: "E-mail", cell: (row) => <EmailText email={row.email} /> },
    { id: "role", header: "Role", cell: (row) => ORGANISATION_ROLE_WORDS[row.role] },
    { id: "created", header: "Invited", cell: (row) => <DateText value={row.createdAt} /> },
    { id: "expires", header: "Open until", cell: (row) => <DateText value={row.expiresAt} plain /> },
    {
      id: "acts",
      header: "Invitation",
      cell: (row) => (
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => ask({ invitation: row, act: "resend" })}
            aria-label={`Send again to ${row.email}`}
          >
            Send again
          </Button>
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            onClick={() => ask({ invitation: row, act: "withdraw" })}
            aria-label={`Withdraw from ${row.email}`}
          >
            Withdraw
          </Button>
        </Group>
      ),
    },
  ];
}
