"use client";

import { Anchor, Badge, Button, Group, Paper, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import type { Finding, Severity } from "@/lib/domain/rigour/finding";
import { SECTION_LABELS } from "@/lib/domain/worksheet/sections";

const LOOKS: Readonly<Record<Severity, { readonly word: string; readonly color: string }>> = {
  error: { word: "Stops the submission", color: "red" },
  warning: { word: "Wants a reason", color: "orange" },
  info: { word: "To think of", color: "gray" },
};

/** A finding with the way to its place, and for a warning the reason that lets it stand. */
export function FindingCard(props: {
  readonly finding: Finding;
  readonly onGo: () => void;
  /** The reason given for a warning; empty when none is. */
  readonly reason: string;
  /** Absent where reasons cannot be given. */
  readonly onReason?: ((reason: string) => Promise<void>) | undefined;
}) {
  const { finding, reason, onReason } = props;
  const { section } = finding.place;
  const answered = finding.severity === "warning" && reason !== "";
  const { word, color } = answered ? { word: "Reason given", color: "green" } : LOOKS[finding.severity];
  return (
    <Paper withBorder p="xs" component="li" style={{ listStyle: "none" }}>
      <Stack gap={6}>
        <Group gap={6}>
          <Badge color={color} variant="light" size="sm">
            {word}
          </Badge>
          <Text size="xs" c="dimmed">
            {finding.rule}
          </Text>
        </Group>
        <Text size="sm">{finding.message}</Text>
        {section && (
          <Anchor component="button" type="button" size="sm" ta="start" onClick={props.onGo}>
            Go to its place in “{SECTION_LABELS[section]}”
          </Anchor>
        )}
        {finding.severity === "warning" && onReason && (
          <ReasonForm key={finding.key} reason={reason} onReason={onReason} />
        )}
        {finding.severity === "warning" && !onReason && answered && <Text size="sm">Reason: {reason}</Text>}
      </Stack>
    </Paper>
  );
}

function ReasonForm(props: { readonly reason: string; readonly onReason: (reason: string) => Promise<void> }) {
  const [typed, setTyped] = useState(props.reason);
  const { run, busy, error } = useAction();
  return (
    <>
      <Textarea
        label="Reason why it stands"
        size="xs"
        autosize
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ProblemAlert error={error} />
      {typed.trim() !== props.reason && (
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => run(() => props.onReason(typed))}>
          {typed.trim() === "" ? "Take the reason back" : "Save the reason"}
        </Button>
      )}
    </>
  );
}
