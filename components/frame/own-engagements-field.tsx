"use client";

import { TextInput, type TextInputProps } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";

const LABEL = "Search your engagements";

/** Where one types what `useOwnEngagements` searches for. */
export function OwnEngagementsField(
  props: Omit<TextInputProps, "value" | "onChange"> & {
    readonly query: string;
    readonly onQuery: (query: string) => void;
  },
) {
  const { query, onQuery, ...rest } = props;
  return (
    <TextInput
      {...rest}
      aria-label={LABEL}
      placeholder={LABEL}
      value={query}
      onChange={(event) => onQuery(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
    />
  );
}
