"use client";

import { Badge, Button, Center, Group, List, ListItem, Text } from "@mantine/core";
import { ROLE_WORDS } from "@/components/engagement/words";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { TextLink } from "@/components/kit/text-link";
import { usePages } from "@/components/kit/use-pages";
import type { Page } from "@/lib/contracts/paging";
import type { OwnEngagementDto } from "@/lib/contracts/session";

/** One's roles, the newest first, with older ones on demand. */
export function OwnRoles(props: { readonly first: Page<OwnEngagementDto> }) {
  const { items, older, busy, error } = usePages(props.first, "/me/engagements", ({ id }) => id);
  if (items.length === 0) return <Text c="dimmed">You take part in no engagement yet.</Text>;
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
      {older ? (
        <Center mt="md">
          <Button variant="default" size="xs" onClick={older} loading={busy}>
            Show older roles
          </Button>
        </Center>
      ) : null}
    </>
  );
}
