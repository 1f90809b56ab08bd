"use client";

import { Badge, Button, Center, Group, List, ListItem, Text } from "@mantine/core";
import { useState } from "react";
import { ROLE_WORDS } from "@/components/engagement/words";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { TextLink } from "@/components/kit/text-link";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { Page } from "@/lib/contracts/paging";
import type { OwnEngagementDto } from "@/lib/contracts/session";

/** One's roles, the newest first, with older ones on demand. */
export function OwnRoles(props: { readonly first: Page<OwnEngagementDto> }) {
  const [{ items, nextCursor }, setPage] = useState(props.first);
  const { run, busy, error } = useAction();
  if (items.length === 0) return <Text c="dimmed">You take part in no engagement yet.</Text>;
  const older = () =>
    run(async () => {
      const next = await api.get<Page<OwnEngagementDto>>("/me/engagements", { query: { cursor: nextCursor } });
      setPage((old) => ({ items: [...old.items, ...next.items], nextCursor: next.nextCursor }));
    });
  return (
    <>
      <List listStyleType="none" spacing={6}>
        {items.map(({ id, name, roles }) => (
          <ListItem key={id}>
            <Group gap="xs">
              <TextLink href={`/engagements/${id}`}>{name}</TextLink>
              {roles.map((role) => (
                <Badge key={role} color="gray">
                  {ROLE_WORDS[role]}
                </Badge>
              ))}
            </Group>
          </ListItem>
        ))}
      </List>
      <ProblemAlert error={error} mt="md" />
      {nextCursor ? (
        <Center mt="md">
          <Button variant="default" size="xs" onClick={older} loading={busy}>
            Show older roles
          </Button>
        </Center>
      ) : null}
    </>
  );
}
