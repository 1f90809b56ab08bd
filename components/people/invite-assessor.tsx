"use client";

import { Button, Group, Select, Skeleton, Stack, Tabs } from "@mantine/core";
import { useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useAction } from "@/components/kit/use-action";
import { HandedOverNote } from "@/components/organisation/handed-over";
import { api } from "@/lib/client/api";
import type { HandedOver, InviteAssessorInput } from "@/lib/contracts/people";
import type { OrganisationRef } from "@/lib/contracts/session";

/** Few look at it, and it brings a form with all that checks one. */
const NewFirm = lazyPart(() => import("@/components/people/new-firm").then((module) => module.NewFirm), {
  what: "The form",
  loading: () => <Skeleton height={240} maw={480} aria-label="Loading the form" />,
  place: "here",
});

interface Invited extends HandedOver {
  readonly email: string;
}

/** Names the assessor company: one that is here already, or a new one whose admin is invited. */
export function InviteAssessor(props: { readonly engagementId: string; readonly firms: readonly OrganisationRef[] }) {
  const refresh = useRefresh();
  const [invited, setInvited] = useState<Invited | null>(null);
  const first = props.firms.length > 0 ? "known" : "new";
  // The form stays once it was turned to, with what was typed.
  const [isNew, setNew] = useState(first === "new");
  const invite = async (input: InviteAssessorInput) => {
    const reply = await api.post<Partial<HandedOver>>(`/engagements/${props.engagementId}/assessor`, input);
    // A link comes once, so it is shown before anything is read anew.
    if (reply.mail && "adminEmail" in input) {
      setInvited({ mail: reply.mail, link: reply.link ?? null, email: input.adminEmail });
    } else refresh();
    return reply;
  };
  if (invited) {
    return (
      <Stack gap="sm">
        <HandedOverNote handed={invited} title="The firm is invited" email={invited.email} />
        <div>
          <Button variant="default" onClick={refresh}>
            {invited.link ? "I have copied it" : "Good"}
          </Button>
        </div>
      </Stack>
    );
  }
  return (
    <Tabs defaultValue={first} onChange={(tab) => tab === "new" && setNew(true)}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="known">A firm that is here</Tabs.Tab>
        <Tabs.Tab value="new">A new firm</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="known">
        <KnownFirm firms={props.firms} onInvite={(organisationId) => invite({ organisationId })} />
      </Tabs.Panel>
      <Tabs.Panel value="new">{isNew ? <NewFirm onInvite={invite} /> : null}</Tabs.Panel>
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
