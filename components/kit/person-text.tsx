import { Avatar, Group, Text } from "@mantine/core";
import type { PersonRef } from "@/lib/contracts/section";

/** A person by name, with initials as a small picture. Null reads as nobody. */
export function PersonText({
  person,
  nobody = "Nobody",
}: {
  readonly person: PersonRef | null;
  readonly nobody?: string;
}) {
  if (!person) {
    return (
      <Text span inherit c="dimmed">
        {nobody}
      </Text>
    );
  }
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex" miw={0}>
      <Avatar name={person.name} size={20} color="gray" component="span" aria-hidden="true" alt="" />
      <Text span inherit truncate>
        {person.name}
      </Text>
    </Group>
  );
}
