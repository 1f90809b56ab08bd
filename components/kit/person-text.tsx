import { Avatar, Group, Text } from "@mantine/core";
import type { PersonRef } from "@/lib/contracts/section";

/** A person by name, with initials as a small picture. Null reads as nobody. */
export function PersonText({
  person,
  nobody = "Nobody",
  maw = "20rem",
}: {
  readonly person: PersonRef | null;
  readonly nobody?: string;
  /** The widest that a long name may make it; the rest is cut and shown on hover. */
  readonly maw?: string;
}) {
  if (!person) {
    return (
      <Text span inherit c="dimmed">
        {nobody}
      </Text>
    );
  }
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex" miw={0} maw={maw}>
      <Avatar name={person.name} size={20} color="gray" component="span" aria-hidden="true" alt="" />
      <Text span inherit truncate title={person.name}>
        {person.name}
      </Text>
    </Group>
  );
}
