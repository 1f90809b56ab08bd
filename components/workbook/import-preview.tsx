import { Alert, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import type { SheetPreviewDto } from "@/lib/contracts/sheets";

/** Long addresses break, short words do not: on a phone the table is moved sideways instead. */
const VALUE = { overflowWrap: "anywhere", minWidth: "6.5rem" } as const;

/** What a table would change, row by row, and what is wrong with which of its lines. */
export function ImportPreview({ preview }: { readonly preview: SheetPreviewDto }) {
  const { changes, errors, unchanged } = preview;
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600} role="status">
        {[
          changes.length === 1 ? "1 row changes" : `${changes.length} rows change`,
          unchanged === 1 ? "1 stays as it is" : `${unchanged} stay as they are`,
          ...(errors.length > 0 ? [errors.length === 1 ? "1 problem" : `${errors.length} problems`] : []),
        ].join(", ")}
      </Text>
      {errors.length > 0 ? <Problems errors={errors} /> : null}
      {changes.length > 0 ? <Changes changes={changes} /> : null}
    </Stack>
  );
}

function Problems({ errors }: Pick<SheetPreviewDto, "errors">) {
  return (
    <Alert
      color="red"
      icon={<IconAlertCircle size={18} aria-hidden="true" />}
      title="Correct these lines, then choose the file again"
    >
      <ScrollArea.Autosize mah={220} viewportProps={{ tabIndex: 0, role: "group", "aria-label": "Problems" }}>
        <Table aria-label="Problems in the table" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Line</Table.Th>
              <Table.Th scope="col">Column</Table.Th>
              <Table.Th scope="col">Problem</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {errors.map(({ line, column, message }) => (
              <Table.Tr key={`${line} ${column} ${message}`}>
                <Table.Td>{line}</Table.Td>
                <Table.Td>{column}</Table.Td>
                <Table.Td miw="12rem">{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Alert>
  );
}

function Changes({ changes }: Pick<SheetPreviewDto, "changes">) {
  return (
    <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0, role: "group", "aria-label": "Changes" }}>
      <Table aria-label="What the table changes" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Requirement</Table.Th>
            <Table.Th scope="col">Column</Table.Th>
            <Table.Th scope="col">Now</Table.Th>
            <Table.Th scope="col">Then</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.flatMap(({ change, requirementNumber, cells }) =>
            cells.map(({ column, before, after }) => (
              <Table.Tr key={`${change.id} ${column}`}>
                <Table.Td>{requirementNumber}</Table.Td>
                <Table.Td>{column}</Table.Td>
                <Table.Td style={VALUE}>{before || "–"}</Table.Td>
                <Table.Td style={VALUE}>{after || "–"}</Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
