import { List, Text } from "@mantine/core";
import type { AcceptanceCriterion } from "@/lib/domain/worksheet/criteria";

/** What a criterion asks, in our words, with its parts by letters. */
export function CriterionWords({ criterion }: { readonly criterion: AcceptanceCriterion }) {
  return (
    <>
      <Text size="sm">{criterion.text}</Text>
      {criterion.parts.length > 0 && (
        <List size="sm" c="dimmed" type="ordered" mt={2} listStyleType="lower-alpha">
          {criterion.parts.map((part) => (
            <List.Item key={part}>{part}</List.Item>
          ))}
        </List>
      )}
    </>
  );
}
