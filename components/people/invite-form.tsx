"use client";

import { Button, Group, Select, Stack, Tabs } from "@mantine/core";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { HandedOverNote } from "@/components/organisation/handed-over";
import { NewFirm } from "@/components/people/new-firm";
import { api } from "@/lib/client/api";
import type { HandedOver, InviteAssessorInput } from "@/lib/contracts/people";
import type { OrganisationRef } from "@/lib/contracts/session";

interface Invited extends HandedOver {
  readonly email: string;
}

/** Names the assessor company: one that is here already, or a new one whose admin is invited. */
export function InviteForm(props: {
  readonly engagementId: string;
  readonly firms: readonly OrganisationRef[];
  /** It is invited, and a link that comes once was seen. */
  readonly onInvited: () => void;
}) {
  const [invited, setInvited] = useState<Invited | null>(null);
  const invite = async (input: InviteAssessorInput) => {
    const reply = await api.post<Partial<HandedOver>>(`/engagements/${props.engagementId}/assessor`, input);
    // A link comes once, so it is shown before anything is read anew.
    if (reply.mail && "adminEmail" in input) {
      setInvited({ mail: reply.mail, link: reply.link ?? null, email: input.adminEmail });
    } else props.onInvited();
    return reply;
  };
  if (invited) {
    return (
      <Stack gap="sm">
        <HandedOverNote handed={invited} title="The firm is invited" email={invited.email} />
        <div>
          <Button variant="default" onClick={props.onInvited}>
            {invited.link ? "I have copied it" : "Good"}
          </Button>
        </div>
      </Stack>
    );
  }
  return (
    <Tabs defaultValue={props.firms.length > 0 ? "known" : "new"}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="known">A firm that is here</Tabs.Tab>
        <Tabs.Tab value="new">A new firm</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="known">
        <KnownFirm firms={props.firms} onInvite={(organisationId) => invite({ organisationId })} />
      </Tabs.Panel>
      <Tabs.Panel value="new">
        <NewFirm onInvite={invite} />
      </Tabs.Panel>
    </Tabs>
  );
}

function KnownFirm(props: {
  readonly firms: readonly OrganisationRef[];
  readonly onInvite: (id: string) => Promise<unknown>;
}) {
  const [id, setId] = useState<string | null>(null);
  const { run, busy, error } = useAction();
  return (
    <Stack gap="sm">
      <Group gap="xs" align="flex-end">
        <Select
          label="Assessor company"
          placeholder={props.firms.length > 0 ? "Choose" : "None is here yet"}
          data={props.firms.map((firm) => ({ value: firm.id, label: firm.name }))}
          value={id}
          onChange={setId}
          searchable
          flex="1 1 16rem"
          maw={360}
        />
        <Button disabled={!id} loading={busy} onClick={() => id && run(() => props.onInvite(id))}>
          Invite
        </Button>
      </Group>
      <ProblemAlert error={error} />
    </Stack>
  );
}
