"use client";

import { Box, Button, CloseButton, Group, Select, Text, TextInput } from "@mantine/core";
import { IconFilterOff, IconSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { UrlFilters } from "@/components/kit/use-url-filters";

/** A filter with a closed list of values. */
export interface FilterChoice {
  /** The filter's name in the address. */
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Search, filters and how many rows are shown. All of it lives in the address. */
export function FilterBar<T extends Readonly<Record<string, string>>>(props: {
  readonly filters: UrlFilters<T>;
  /** What the search looks through, for its label and placeholder. The parameter is `q`; without it no search is shown. */
  readonly search?: string;
  readonly choices?: readonly FilterChoice[];
  readonly shown: number;
  /** Null where only a part of the list came, and nobody counted the rest. */
  readonly total: number | null;
  /** The word for a row in the plural. */
  readonly noun: string;
  readonly actions?: ReactNode;
}) {
  const { filters, choices = [] } = props;
  const change = (name: string, value: string) => filters.set({ [name]: value } as Partial<T>);
  const query = filters.values.q ?? "";
  return (
    <Box mb="sm" role="search" aria-label={`Filter ${props.noun}`}>
      <Group gap="xs" align="center">
        {props.search ? (
          <TextInput
            aria-label={props.search}
            placeholder={props.search}
            value={query}
            onChange={(event) => change("q", event.currentTarget.value)}
            leftSection={<IconSearch size={16} aria-hidden="true" />}
            rightSection={
              query ? <CloseButton size="sm" aria-label="Clear the search" onClick={() => change("q", "")} /> : null
            }
            flex="1 1 14rem"
            maw={{ base: "100%", sm: "24rem" }}
          />
        ) : null}
        {choices.map(({ name, label, options }) => (
          <Select
            key={name}
            aria-label={`Filter by ${inSentence(label)}`}
            placeholder={label}
            data={[...options]}
            value={filters.values[name] || null}
            onChange={(value) => change(name, value ?? "")}
            clearable
            clearButtonProps={{ "aria-label": `Clear ${label}` }}
            searchable={options.length > 9}
            flex={{ base: "1 1 8rem", sm: "0 1 11rem" }}
            miw={130}
            comboboxProps={{ width: "max-content", position: "bottom-start" }}
          />
        ))}
        {props.actions ? (
          <Group gap="xs" ml="auto">
            {props.actions}
          </Group>
        ) : null}
      </Group>
      {/* A line of its own and of one height, so that the rows beneath stay where they are while one filters. */}
      <Group gap="xs" mih="2rem" mt={4}>
        <Text size="sm" c="dimmed" aria-live="polite" className="tabular">
          {countWords(props)}
        </Text>
        {filters.active > 0 ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={filters.reset}
            leftSection={<IconFilterOff size={15} aria-hidden="true" />}
          >
            Clear
          </Button>
        ) : null}
      </Group>
    </Box>
  );
}

function countWords(props: { readonly shown: number; readonly total: number | null; readonly noun: string }): string {
  const { shown, total, noun } = props;
  if (total === null) return `The first ${shown} ${noun}`;
  return shown === total ? `${total} ${noun}` : `${shown} of ${total} ${noun}`;
}

/** A label inside a sentence: `Status` in small letters, `AWS service` as it is. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
