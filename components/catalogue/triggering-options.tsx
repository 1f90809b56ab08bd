"use client";

import { Anchor, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconFlag, IconHelpCircle } from "@tabler/icons-react";
import { DataTable } from "@/components/kit/data-table";
import type { DataColumn } from "@/components/kit/data-table-column";
import { Link } from "@/components/kit/link";
import type { TriggeringOptionDto, TriggerRuleDto } from "@/lib/contracts/catalogue";

/** The key options that trigger a row, in the article's reading and today. */
export function TriggeringOptions(props: { readonly label: string; readonly options: readonly TriggeringOptionDto[] }) {
  return <DataTable label={props.label} rows={props.options} columns={COLUMNS} idOf={({ option }) => option} bare />;
}

const COLUMNS: DataColumn<TriggeringOptionDto>[] = [
  {
    id: "option",
    header: "Key option",
    meta: { lead: true, width: "28%" },
    cell: (option) => (
      <Anchor component={Link} href={`/catalogue/keys#${option.option}`} prefetch={false}>
        {option.name}
      </Anchor>
    ),
  },
  { id: "article", header: "By the article", cell: (option) => <Rules rules={option.article} /> },
  { id: "today", header: "Today", cell: (option) => <Rules rules={option.today} /> },
];

function Rules({ rules }: { readonly rules: readonly TriggerRuleDto[] }) {
  if (rules.length === 0) {
    return (
      <Group gap={6} wrap="nowrap" c="dimmed">
        <IconCircleCheck size={16} aria-hidden="true" />
        <Text size="sm">Not triggered</Text>
      </Group>
    );
  }
  return (
    <Stack gap={4}>
      {rules.map(({ text, always }) => (
        <Group key={text} gap={6} wrap="nowrap" align="flex-start">
          {always ? <IconFlag size={16} aria-hidden="true" /> : <IconHelpCircle size={16} aria-hidden="true" />}
          <Text size="sm" flex={1} miw={0}>
            <strong>{always ? "Always." : "If so:"}</strong> {text}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
