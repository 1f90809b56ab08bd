import { Badge, Checkbox, Group, List, Paper, Stack, Table } from "@mantine/core";
import { MoreCharacters, PlanFields } from "@/components/workbook/plan-fields";
import { PlanPart } from "@/components/workbook/plan-part";
import type { RowImportDto, WorksheetImportDto } from "@/lib/contracts/oscal-import";

interface Chooser {
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

/** A worksheet that a plan opens or changes: what of it, beside what stands now. */
export function PlanWorksheet({ worksheet, ...chooser }: Chooser & { readonly worksheet: WorksheetImportDto }) {
  const { change, before, fields, leftOut, notes, requirementNumber } = worksheet;
  const opens = change.worksheetId === null;
  return (
    <Item {...chooser} {...worksheet} kind={opens ? "Opens a worksheet" : "Changes the worksheet"}>
      {change.parts.map((part, index) => (
        <PlanPart key={part.key} partKey={part.key} before={before[index] ?? null} after={part.content} />
      ))}
      <PlanFields requirementNumber={requirementNumber} fields={fields} leftOut={leftOut} />
      {notes.length > 0 ? (
        <List size="sm" c="dimmed" aria-label="To know">
          {notes.map((note) => (
            <List.Item key={note} style={{ overflowWrap: "anywhere" }}>
              {note}
            </List.Item>
          ))}
        </List>
      ) : null}
    </Item>
  );
}

/** A row whose fix a plan plans. */
export function PlanFix({ fix, ...chooser }: Chooser & { readonly fix: RowImportDto }) {
  return (
    <Item {...chooser} {...fix} kind="Plans a fix">
      <Table aria-label={`What changes of ${fix.requirementNumber}`} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Column</Table.Th>
            <Table.Th scope="col">Now</Table.Th>
            <Table.Th scope="col">Then</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fix.cells.map(({ column, before, after, cut }) => (
            <Table.Tr key={column}>
              <Table.Td>{column}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{before || "–"}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
                {after || "–"}
                <MoreCharacters count={cut} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Item>
  );
}

function Item(
  props: Chooser & {
    readonly requirementNumber: string;
    readonly requirementTitle: string;
    readonly kind: string;
    readonly children: React.ReactNode;
  },
) {
  const { requirementNumber, requirementTitle, kind, chosen, onToggle, children } = props;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
          <Checkbox
            checked={chosen}
            onChange={onToggle}
            label={
              <>
                <b className="tabular">{requirementNumber}</b> {requirementTitle}
              </>
            }
          />
          <Badge variant="light" style={{ flexShrink: 0 }}>
            {kind}
          </Badge>
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
