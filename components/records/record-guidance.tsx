import { Stack, Text } from "@mantine/core";
import { CatalogueFacts } from "@/components/worksheet/panel/catalogue-facts";
import { Example } from "@/components/worksheet/panel/example";
import { Part } from "@/components/worksheet/panel/guidance-tab";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { RecordPartKey } from "@/lib/domain/records/keys";
import { RECORD_SHAPES } from "@/lib/domain/records/parts";

/** What helps to write a part of a record: what its text is for, and where its fields have help of their own. */
export function RecordGuidanceTab(props: {
  readonly part: RecordPartKey;
  readonly facts: RequirementDetailDto | null;
}) {
  const { hint, text, fields, list, sources } = RECORD_SHAPES[props.part];
  return (
    <Stack gap="md">
      <Part title="What belongs here">
        <Text size="sm">{hint}</Text>
        <Text size="sm" mt={6}>
          {text.optional ? "The text may stay empty. " : ""}
          {text.asks}
        </Text>
      </Part>
      <Part title="What assessors criticise">
        <Text size="sm">{text.criticised}</Text>
      </Part>
      <Part title="Examples">
        <Example kind="good" text={text.good} />
        <Example kind="poor" text={text.poor} />
      </Part>
      {fields.length > 0 || list ? (
        <Text size="sm" c="dimmed">
          Each field has help of its own beside it.
        </Text>
      ) : null}
      {props.facts && <CatalogueFacts facts={props.facts} owed={[]} />}
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        In our own words, after: {sources.join("; ")}.
      </Text>
    </Stack>
  );
}
