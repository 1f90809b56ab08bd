"use client";

import { ActionIcon, Popover, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { memo, type ReactNode, useState } from "react";
import classes from "@/components/worksheet/items/items.module.css";
import { Example } from "@/components/worksheet/panel/example";
import type { RecordFieldShape, RecordGuidance } from "@/lib/domain/records/shape";
import type { CriterionId } from "@/lib/domain/worksheet/criteria";
import { CRITERIA_GUIDANCE } from "@/lib/domain/worksheet/criteria-guidance";
import { FIELD_GUIDANCE } from "@/lib/domain/worksheet/fields/field-guidance";
import type { FieldName } from "@/lib/domain/worksheet/fields/names";

/** A field, a criterion that is answered, or a field of a record. */
export type HelpTopic = FieldName | { readonly criterion: CriterionId } | { readonly record: RecordFieldShape };

/** A field with the way to its guidance beside its label. */
export function Guided(props: {
  readonly topic: HelpTopic | undefined;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const { topic, label, children } = props;
  if (topic === undefined) return children;
  return (
    <div className={classes.guided}>
      {children}
      <TopicHelp topic={topic} label={label} />
    </div>
  );
}

function TopicHelp({ topic, label }: { readonly topic: HelpTopic; readonly label: string }) {
  if (typeof topic === "string") return <FieldHelp guidance={FIELD_GUIDANCE[topic]} label={label} />;
  if ("record" in topic) return <FieldHelp guidance={topic.record} label={label} />;
  return <CriterionHelp criterion={topic.criterion} label={label} />;
}

/** The guidance of one field: what it asks for, what is criticised, and both ways to fill it. */
const FieldHelp = memo(function FieldHelp(props: { readonly guidance: RecordGuidance; readonly label: string }) {
  const { guidance, label } = props;
  const { asks, criticised, good, poor } = guidance;
  return (
    <Help label={label}>
      <Text size="sm">{asks}</Text>
      <Lines title="What assessors criticise" lines={[criticised]} />
      <Examples good={good} poor={poor} />
    </Help>
  );
});

const CriterionHelp = memo(function CriterionHelp(props: { readonly criterion: CriterionId; readonly label: string }) {
  const { looksFor, criticised, good, poor } = CRITERIA_GUIDANCE[props.criterion];
  return (
    <Help label={props.label}>
      <Lines title="What an assessor looks for" lines={looksFor} />
      <Lines title="What assessors criticise" lines={criticised} />
      <Examples good={good} poor={poor} />
    </Help>
  );
});

function Help({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={360}
      position="bottom-end"
      shadow="md"
      withinPortal
      middlewares={{ flip: true, shift: true }}
    >
      <Popover.Target>
        <ActionIcon
          className={classes.help}
          size={24}
          color="gray"
          onClick={() => setOpened((before) => !before)}
          onKeyDown={(event) => event.key === "Escape" && setOpened(false)}
        >
          <IconHelpCircle size={16} stroke={1.75} aria-hidden />
          {/* Written, and no label: what looks for a field by its label finds the field alone. */}
          <VisuallyHidden>Help with “{label}”</VisuallyHidden>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Help with “${label}”`} maw="calc(100vw - 2rem)">
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {label}
          </Text>
          {children}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <div>
      <Text size="xs" fw={600}>
        {title}
      </Text>
      {lines.map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))}
    </div>
  );
}

function Examples({ good, poor }: { readonly good: string; readonly poor: string }) {
  return (
    <div>
      <Example kind="good" text={good} />
      <Example kind="poor" text={poor} />
    </div>
  );
}
