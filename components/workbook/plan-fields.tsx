"use client";

import { Anchor, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ImportField } from "@/lib/domain/oscal/import-fields";
import { GATE_TITLE } from "@/lib/domain/rigour/gate-words";

/** So many fields are shown before somebody asks for all of them. */
const FIRST = 12;
/** Long words break, so that the three columns have room on a phone. */
const VALUE = { overflowWrap: "anywhere", whiteSpace: "pre-wrap" } as const;

/** Fields of one thing: the row, the gate, a piece of evidence, a reason. */
interface Group {
  readonly key: string;
  readonly title: React.ReactNode;
  readonly fields: ImportField[];
}

/** What a plan would write beside the texts, field by field: what stands now, and what would. */
export function PlanFields(props: {
  readonly requirementNumber: string;
  readonly fields: readonly ImportField[];
  readonly leftOut: number;
}) {
  const { requirementNumber, fields, leftOut } = props;
  const [all, setAll] = useState(false);
  const shown = all ? fields : fields.slice(0, FIRST);
  const more = fields.length - shown.length;
  return (
    <Stack gap={4}>
      {shown.length > 0 ? (
        <Table layout="fixed" aria-label={`What else changes of ${requirementNumber}`} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Field</Table.Th>
              <Table.Th scope="col">Now</Table.Th>
              <Table.Th scope="col">Then</Table.Th>
            </Table.Tr>
          </Table.Thead>
          {groupsOf(shown).map(({ key, title, fields: own }) => (
            <Table.Tbody key={key}>
              <Table.Tr>
                <Table.Th scope="rowgroup" colSpan={3} fw={600} style={{ overflowWrap: "anywhere" }}>
                  {title}
                </Table.Th>
              </Table.Tr>
              {own.map((one) => (
                <Table.Tr key={one.field}>
                  <Table.Td style={VALUE}>{one.field}</Table.Td>
                  <Table.Td style={VALUE}>{one.before || "–"}</Table.Td>
                  <Table.Td style={VALUE}>
                    {one.after || "–"}
                    <MoreCharacters count={one.cut} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          ))}
        </Table>
      ) : null}
      {more > 0 ? (
        <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setAll(true)}>
          {more === 1 ? "Show 1 more field" : `Show ${more} more fields`}
        </Anchor>
      ) : null}
      {leftOut > 0 ? (
        <Text size="sm" c="dimmed">
          {leftOut === 1 ? "1 more change is" : `${leftOut} more changes are`} not shown, because this preview became
          too large.
        </Text>
      ) : null}
    </Stack>
  );
}

/** How much of a long text is not shown. */
export function MoreCharacters({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Text span size="xs" c="dimmed" display="block">
      {count === 1 ? "and 1 more character" : `and ${count} more characters`}
    </Text>
  );
}

/** Fields of one thing stand together; a field that comes again is of the next thing of the same name. */
function groupsOf(fields: readonly ImportField[]): readonly Group[] {
  const groups: Group[] = [];
  let [last, current]: [string, Group | undefined] = ["", undefined];
  for (const one of fields) {
    const name = `${one.group} ${one.of}`;
    if (!current || name !== last || current.fields.some(({ field }) => field === one.field)) {
      current = { key: `${groups.length} ${name}`, title: titleOf(one), fields: [] };
      groups.push(current);
      last = name;
    }
    current.fields.push(one);
  }
  return groups;
}

function titleOf({ group, of }: ImportField): React.ReactNode {
  if (group === "row") return "The row of the workbook";
  if (group === "gate") return GATE_TITLE;
  return (
    <>
      {group === "evidence" ? "Evidence: " : "Reason for a warning, "}
      <bdi>{of}</bdi>
    </>
  );
}
