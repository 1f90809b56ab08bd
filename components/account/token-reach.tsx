"use client";

import { Checkbox, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { TokenPlace } from "@/components/account/token-place";
import { OwnEngagementsField } from "@/components/frame/own-engagements-field";
import { useOwnEngagements } from "@/components/frame/use-own-engagements";

const UNKNOWN = { engagements: [], moreEngagements: true } as const;

/** All engagements, or those that are ticked. */
export function TokenReach(props: {
  /** Null for all. */
  readonly chosen: readonly TokenPlace[] | null;
  readonly places: readonly TokenPlace[];
  /** Whether there are others of one's own, which are searched for. */
  readonly more: boolean;
  readonly all: string;
  readonly onChange: (chosen: readonly TokenPlace[] | null) => void;
  readonly error: string | undefined;
}) {
  const { chosen, places, more, onChange, error } = props;
  const [query, setQuery] = useState("");
  const { items, busy } = useOwnEngagements(more ? UNKNOWN : null, query);
  const found = query.trim() === "" ? places : items;
  const kept = (chosen ?? []).filter(({ id }) => !found.some((one) => one.id === id));
  const isChosen = (id: string) => chosen?.some((one) => one.id === id) === true;
  return (
    <Radio.Group
      label="Engagements"
      value={chosen === null ? "all" : "some"}
      onChange={(value) => onChange(value === "all" ? null : [])}
      error={error}
    >
      <Stack gap={6} mt={4}>
        <Radio value="all" label={props.all} />
        <Radio value="some" label="Only some" disabled={places.length === 0} />
        {chosen !== null && more ? <OwnEngagementsField query={query} onQuery={setQuery} ml="lg" /> : null}
        {chosen === null
          ? null
          : [...kept, ...found].map(({ id, name }) => (
              <Checkbox
                key={id}
                ml="lg"
                label={name}
                checked={isChosen(id)}
                onChange={(event) =>
                  onChange(
                    event.currentTarget.checked ? [...chosen, { id, name }] : chosen.filter((one) => one.id !== id),
                  )
                }
              />
            ))}
        {chosen !== null && found.length === 0 && query.trim() !== "" ? (
          <Text size="sm" c="dimmed" ml="lg">
            {busy ? "Searching…" : "None of your engagements is called so."}
          </Text>
        ) : null}
      </Stack>
    </Radio.Group>
  );
}
