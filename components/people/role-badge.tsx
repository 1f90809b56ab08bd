"use client";

import { ActionIcon, Badge, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { ROLE_WORDS } from "@/components/engagement/words";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useRefresh } from "@/components/kit/refresh";
import { useAction } from "@/components/kit/use-action";
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
  const { run, busy, error } = useAction();
  const word = ROLE_WORDS[role];
  const remove = async () => {
    const done = await run(async () => {
      await api.delete(`/engagements/${props.engagementId}/members/${member.userId}/${role}`);
      return true;
    });
    if (!done) return;
    close();
    refresh();
  };
  if (!props.removable) return <Badge color="gray">{word}</Badge>;
  return (
    <Group gap={0} wrap="nowrap">
      <Badge color="gray">{word}</Badge>
      <ActionIcon size="sm" aria-label={`Take the role ${word} from ${member.name}`} onClick={open}>
        <IconX size={14} aria-hidden="true" />
      </ActionIcon>
      <Modal opened={opened} onClose={close} title={`Take a role from ${member.name}?`} size="md">
        <Stack gap="sm">
          <Text>
            {member.name} will no longer be {word} here. What they wrote and signed stays, under their name.
          </Text>
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button color="red" loading={busy} onClick={remove}>
              Take the role away
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}
