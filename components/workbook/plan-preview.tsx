import { Alert, List, Stack, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { type Choice, toggled } from "@/components/workbook/plan-choice";
import { PlanFix, PlanWorksheet } from "@/components/workbook/plan-item";
import type { PlanPreviewDto } from "@/lib/contracts/oscal-import";
import { instantInWords } from "@/lib/domain/format-date";

/** What a plan would bring, worksheet by worksheet, and what of it cannot be taken in. */
export function PlanPreview(props: {
  readonly preview: PlanPreviewDto;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}) {
  const { preview, choice, onChoose } = props;
  const { from, worksheets, rows, same, refused } = preview;
  const chooser = (requirementNumber: string) => ({
    chosen: choice.has(requirementNumber),
    onToggle: () => onChoose(toggled(choice, requirementNumber)),
  });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        Of <bdi>{from.entityName}</bdi>, <bdi>{from.engagementName}</bdi>, as of {instantInWords(from.at)}
      </Text>
      <Text size="sm" fw={600} role="status">
        {summary(preview)}
      </Text>
      {refused.length > 0 ? (
        <Alert
          color="orange"
          icon={<IconAlertCircle size={18} aria-hidden="true" />}
          title="These cannot be taken in, and stay as they are"
        >
          <List size="sm" spacing={4}>
            {refused.map(({ requirementNumber, reason }) => (
              <List.Item key={`${requirementNumber} ${reason}`}>
                <b className="tabular">{requirementNumber}</b> {reason}
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
      {worksheets.map((one) => (
        <PlanWorksheet key={one.requirementNumber} worksheet={one} {...chooser(one.requirementNumber)} />
      ))}
      {rows.map((one) => (
        <PlanFix key={one.requirementNumber} fix={one} {...chooser(one.requirementNumber)} />
      ))}
      {same.length > 0 ? (
        <Text size="sm" c="dimmed">
          As in the plan already: <span className="tabular">{same.join(", ")}</span>
        </Text>
      ) : null}
    </Stack>
  );
}

function summary({ worksheets, rows, same, refused }: PlanPreviewDto): string {
  const opened = worksheets.filter(({ change }) => change.worksheetId === null).length;
  const changed = worksheets.length - opened;
  const parts = [
    opened === 1 ? "1 worksheet opens" : `${opened} worksheets open`,
    changed === 1 ? "1 changes" : `${changed} change`,
    ...(rows.length > 0 ? [rows.length === 1 ? "1 fix is planned" : `${rows.length} fixes are planned`] : []),
    `${same.length} as in the plan`,
    ...(refused.length > 0 ? [`${refused.length} cannot be taken in`] : []),
  ];
  return parts.join(", ");
}
