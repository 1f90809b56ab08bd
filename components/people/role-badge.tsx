"use client";

import { ActionIcon, Badge, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { ROLE_WORDS } from "@/components/engagement/words";
import { ConfirmAct } from "@/components/kit/confirm-act";
import { useRefresh } from "@/components/kit/refresh";
import { api } from "@/lib/client/api";
import type { MemberDto } from "@/lib/contracts/people";
import type { EngagementRole } from "@/lib/domain/access/roles";

/** A role that a person holds, with the way to take it away for those who may. */
export function RoleBadge(props: {
  readonly engagementId: string;
  readonly member: MemberDto;
  readonly role: EngagementRole;
  readonly removable: boolean;
}) {
  const { member, role } = props;
  const refresh = useRefresh();
  const [opened, { open, close }] = useDisclosure(false);
  const word = ROLE_WORDS[role];
  const remove = async () => {
    await api.delete(`/engagements/${props.engagementId}/members/${member.userId}/${role}`);
    refresh();
  };
  if (!props.removable) return <Badge color="gray">{word}</Badge>;
  return (
    <Group gap={0} wrap="nowrap">
      <Badge color="gray">{word}</Badge>
      <ActionIcon size="sm" aria-label={`Take the role ${word} from ${member.name}`} onClick={open}>
        <IconX size={14} aria-hidden="true" />
      </ActionIcon>
      <ConfirmAct
        opened={opened}
        onClose={close}
        title={`Take a role from ${member.name}?`}
        confirm="Take the role away"
        danger
        onConfirm={remove}
      >
        {member.name} will no longer be {word} here. What they wrote and signed stays, under their name.
      </ConfirmAct>
    </Group>
  );
}
