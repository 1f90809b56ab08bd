"use client";

import { Text } from "@mantine/core";
import type { HelpTopic } from "@/components/worksheet/items/help-topic";
import { Example } from "@/components/worksheet/panel/example";
import { CRITERIA_GUIDANCE } from "@/lib/domain/worksheet/criteria-guidance";
import { FIELD_GUIDANCE } from "@/lib/domain/worksheet/fields/field-guidance";

/** The guidance of one field or criterion: what it asks for, what is criticised, and both ways to fill it. */
export function TopicGuidance({ topic }: { readonly topic: HelpTopic }) {
  if (typeof topic !== "string" && "criterion" in topic) {
    const { looksFor, criticised, good, poor } = CRITERIA_GUIDANCE[topic.criterion];
    return (
      <>
        <Lines title="What an assessor looks for" lines={looksFor} />
        <Lines title="What assessors criticise" lines={criticised} />
        <Examples good={good} poor={poor} />
      </>
    );
  }
  const { asks, criticised, good, poor } = typeof topic === "string" ? FIELD_GUIDANCE[topic] : topic.record;
  return (
    <>
      <Text size="sm">{asks}</Text>
      <Lines title="What assessors criticise" lines={[criticised]} />
      <Examples good={good} poor={poor} />
    </>
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
