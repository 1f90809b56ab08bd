"use client";

import { Button, Group, Paper, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { EvidenceList } from "@/components/controls/evidence-list";
import { DateField } from "@/components/kit/date-field";
import { parseDay } from "@/components/kit/parse-day";
import type { EvidenceOfferDto } from "@/lib/contracts/controls";
import type { RecordEvidence } from "@/lib/domain/controls/record";

/** The evidence of a shared control, to write: links, and what worksheets have attached to it for themselves. */
export function EvidenceFields(props: {
  readonly evidence: readonly RecordEvidence[];
  readonly offers: readonly EvidenceOfferDto[];
  readonly onChange: (evidence: readonly RecordEvidence[]) => void;
}) {
  const { evidence, onChange } = props;
  const [editing, setEditing] = useState<RecordEvidence | null>(null);
  const isTaken = (offer: EvidenceOfferDto) =>
    evidence.some(
      ({ title, url, collectedOn }) => title === offer.title && url === offer.url && collectedOn === offer.collectedOn,
    );
  const open = props.offers.filter((offer) => !isTaken(offer));
  const store = (one: RecordEvidence) => {
    const known = evidence.some(({ id }) => id === one.id);
    onChange(known ? evidence.map((other) => (other.id === one.id ? one : other)) : [...evidence, one]);
    setEditing(null);
  };
  return (
    <Stack gap="xs">
      <EvidenceList
        evidence={evidence}
        actionsOf={(one) => (
          <>
            <Button size="compact-xs" variant="default" onClick={() => setEditing(one)}>
              Change
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => onChange(evidence.filter(({ id }) => id !== one.id))}
              aria-label={`Remove ${one.title}`}
            >
              Remove
            </Button>
          </>
        )}
      />
      {editing ? (
        <OneEvidence key={editing.id} evidence={editing} onStore={store} onCancel={() => setEditing(null)} />
      ) : (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => setEditing(emptyEvidence())}
          >
            Add a link
          </Button>
        </Group>
      )}
      {open.length > 0 ? (
        <>
          <Text size="sm" mt="xs">
            Worksheets show this for it on their own. Take it over, and all that use the control have it:
          </Text>
          <EvidenceList
            evidence={open}
            actionsOf={({ requirementNumber, ...one }) => (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => onChange([...evidence, { ...one, id: crypto.randomUUID() }])}
              >
                Take over from {requirementNumber}
              </Button>
            )}
          />
        </>
      ) : null}
    </Stack>
  );
}

function OneEvidence(props: {
  readonly evidence: RecordEvidence;
  readonly onStore: (evidence: RecordEvidence) => void;
  readonly onCancel: () => void;
}) {
  const [fields, setFields] = useState(props.evidence);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<RecordEvidence>) => setFields((now) => ({ ...now, ...change }));
  const missing = {
    title: fields.title.trim() === "" ? "Please fill this in." : undefined,
    url: fields.url === "" && fields.files.length === 0 ? "Give an address." : undefined,
    collectedOn: fields.collectedOn === "" ? "Say when it was collected." : undefined,
  };
  const store = () => {
    setTried(true);
    if (Object.values(missing).every((words) => words === undefined)) props.onStore(fields);
  };
  const errorOf = (name: keyof typeof missing) => (tried ? missing[name] : undefined);
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <TextInput
          label="Title"
          required
          value={fields.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
          error={errorOf("title")}
        />
        <TextInput
          label="Address"
          type="url"
          placeholder="https://"
          value={fields.url}
          onChange={(event) => set({ url: event.currentTarget.value })}
          error={errorOf("url")}
        />
        <Textarea
          label="What it shows"
          autosize
          minRows={2}
          value={fields.shows}
          onChange={(event) => set({ shows: event.currentTarget.value })}
        />
        <Group grow align="flex-start">
          <DateField
            label="Collected on"
            required
            value={fields.collectedOn}
            onChange={(typed) => set({ collectedOn: parseDay(typed ?? "") ?? "" })}
            error={errorOf("collectedOn")}
          />
          <DateField
            label="Valid until"
            clearable
            value={fields.validUntil}
            onChange={(typed) => set({ validUntil: parseDay(typed ?? "") })}
          />
        </Group>
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
          <Button size="xs" onClick={store}>
            Take it
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function emptyEvidence(): RecordEvidence {
  return {
    ...{ id: crypto.randomUUID(), title: "", url: "", shows: "", files: [], validUntil: null },
    collectedOn: new Date().toLocaleDateString("en-CA"),
  };
}
