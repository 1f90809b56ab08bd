"use client";

import { Anchor, List, Stack, Text } from "@mantine/core";
import { goToSection } from "@/components/worksheet/section-anchor";
import type { Blocker } from "@/lib/contracts/problem";
import { PART_KEYS, PART_LABELS } from "@/lib/domain/worksheet/sections";

/** What a record is still missing, part by part, with the way to each. */
export function RecordChecks(props: { readonly blockers: readonly Blocker[]; readonly written: boolean }) {
  const { blockers } = props;
  if (!props.written) return <Text size="sm">The checks run while the record is being written.</Text>;
  if (blockers.length === 0) return <Text size="sm">Nothing is missing: the record can be submitted.</Text>;
  const parts = PART_KEYS.filter((key) => blockers.some(({ section }) => section === key));
  return (
    <Stack gap="md">
      {parts.map((key) => (
        <section key={key} aria-label={PART_LABELS[key]}>
          <Anchor component="button" type="button" ta="start" fw={600} size="sm" onClick={() => goToSection(key)}>
            {PART_LABELS[key]}
          </Anchor>
          <List size="sm" spacing={4} mt={4}>
            {blockers
              .filter(({ section }) => section === key)
              .map(({ message }) => (
                <List.Item key={message}>{message}</List.Item>
              ))}
          </List>
        </section>
      ))}
    </Stack>
  );
}
