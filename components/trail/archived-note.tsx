import { Text } from "@mantine/core";
import { DateText } from "@/components/kit/date-text";
import { archivedWords } from "@/components/trail/archived-words";
import type { ArchivedPartDto } from "@/lib/contracts/trail";

/** Since when events are at hand, where older ones are archived; nothing where none are. */
export function ArchivedNote({ part }: { readonly part: ArchivedPartDto }) {
  const words = archivedWords(part);
  if (words === null) return null;
  return (
    <Text size="sm" c="dimmed" mb="md">
      Events are at hand from number {part.events.toLocaleString("en")} on
      {part.since && (
        <>
          , <DateText value={part.since} />
        </>
      )}
      . {words}
    </Text>
  );
}
