import { Badge, Checkbox, Group, List, Paper, Stack, Table, Text } from "@mantine/core";
import { PlanPart } from "@/components/workbook/plan-part";
import type { RowImportDto, WorksheetImportDto } from "@/lib/contracts/oscal-import";

interface Chooser {
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

/** A worksheet that a plan opens or changes: what of it, beside what stands now. */
export function PlanWorksheet({ worksheet, ...chooser }: Chooser & { readonly worksheet: WorksheetImportDto }) {
  const { change, before, notes } = worksheet;
  const opens = change.worksheetId === null;
  const { eligibility } = change;
  return (
    <Item {...chooser} {...worksheet} kind={opens ? "Opens a worksheet" : "Changes the worksheet"}>
      {eligibility ? (
        <Text size="sm">
          {opens ? "Its gate is answered as in the plan." : "The answers at its gate become those of the plan."}
        </Text>
      ) : null}
      {change.parts.map((part, index) => (
        <PlanPart key={part.key} partKey={part.key} before={before.parts[index]} after={part.content} />
      ))}
      {change.evidence.length > 0 ? (
        <List size="sm" aria-label="Evidence">
          {change.evidence.map(({ fields, changes }, index) => (
            <List.Item key={`${changes?.id ?? "new"} ${fields.title} ${fields.url} ${String(index)}`}>
              {changes ? "Evidence changed: " : "Evidence added: "}
              <bdi>{fields.title}</bdi>
            </List.Item>
          ))}
        </List>
      ) : null}
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
          {fix.cells.map(({ column, before, after }) => (
            <Table.Tr key={column}>
              <Table.Td>{column}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{before || "–"}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>{after || "–"}</Table.Td>
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
