"use client";

import { Anchor, Button, Group, Modal, Radio, Skeleton, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { api } from "@/lib/client/api";
import type { StartInput, StartsDto, WorksheetStartDto } from "@/lib/contracts/start";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** Chooses what an empty draft begins as: the sample of its row, or another worksheet. */
export function StartDialog(props: {
  readonly opened: boolean;
  readonly worksheet: WorksheetDto;
  readonly onClose: () => void;
  readonly onStarted: (worksheet: WorksheetDto) => void;
}) {
  const { opened, worksheet, onClose, onStarted } = props;
  const [starts, setStarts] = useState<StartsDto | null>(null);
  const [chosen, setChosen] = useState("");
  const { run: runLoad, error: loadError } = useAction();
  const begin = useAction();
  const { withQuestion, question } = useCardNumberQuestion();

  useEffect(() => {
    if (!opened) return;
    void runLoad(async () => {
      const found = await api.get<StartsDto>(`/worksheets/${worksheet.id}/starts`);
      setStarts(found);
      const [sample] = found.samples;
      setChosen((before) => before || (sample ? `sample ${sample.sampleId}` : ""));
    });
  }, [opened, worksheet.id, runLoad]);

  const start = () =>
    begin.run(async () => {
      const started = await withQuestion((sure) =>
        api.post<WorksheetDto>(`/worksheets/${worksheet.id}/start`, {
          ...inputOf(chosen),
          ...(sure ? { acknowledgeCardNumber: true } : {}),
        }),
      );
      onStarted(started);
      onClose();
    });
  const nothing = starts !== null && starts.samples.length + starts.worksheets.length === 0;
  return (
    <Modal opened={opened} onClose={onClose} title="Begin from another text" size="lg">
      <Stack gap="md">
        <Text size="sm">
          The text is copied into this draft, and marked as what it is. Evidence is never copied. As it came it cannot
          be submitted: write what is so in your own environment.
        </Text>
        {starts === null && !loadError && <Skeleton height={96} />}
        {nothing && <Text c="dimmed">There is no sample for this requirement, and no other worksheet to copy.</Text>}
        {starts && !nothing && (
          <Radio.Group value={chosen} onChange={setChosen} aria-label="What to begin from">
            <Stack gap="lg">
              <Choices title="Samples">
                {starts.samples.map(({ sampleId, title, about, requirementNumber }) => (
                  <Radio
                    key={sampleId}
                    value={`sample ${sampleId}`}
                    label={title}
                    description={
                      <>
                        Written for {requirementNumber}. {about} Everything in it is invented.{" "}
                        <Anchor
                          href={`/catalogue/samples/${sampleId}`}
                          target="_blank"
                          rel="noopener"
                          inherit
                          underline="always"
                        >
                          Read it first (in a new tab)
                        </Anchor>
                      </>
                    }
                  />
                ))}
              </Choices>
              <Choices title="Your worksheets">
                {starts.worksheets.map((one) => (
                  <Radio
                    key={one.worksheetId}
                    value={`worksheet ${one.worksheetId}`}
                    label={`${one.requirementNumber} ${one.requirementTitle}`}
                    description={wherefrom(one)}
                  />
                ))}
              </Choices>
            </Stack>
          </Radio.Group>
        )}
        <ProblemAlert error={loadError ?? begin.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={start} loading={begin.busy} disabled={chosen === ""}>
            Begin from it
          </Button>
        </Group>
      </Stack>
      {question}
    </Modal>
  );
}

function Choices({ title, children }: { readonly title: string; readonly children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <div>
      <Text fw={600} size="sm" mb={6}>
        {title}
      </Text>
      <Stack gap="sm">{children}</Stack>
    </div>
  );
}

function wherefrom({ engagement, revision, evidence }: WorksheetStartDto): string {
  const text = revision === null ? "as it is drafted now" : `revision ${revision}`;
  const left = evidence === 1 ? "1 piece of evidence stays there" : `${evidence} pieces of evidence stay there`;
  return `${engagement.name}, ${text}${evidence === 0 ? "" : `; ${left}`}.`;
}

function inputOf(chosen: string): StartInput {
  const [kind, id = ""] = chosen.split(" ");
  // The server holds a sample's id against its list.
  return kind === "sample"
    ? { kind, sampleId: id as Extract<StartInput, { kind: "sample" }>["sampleId"] }
    : { kind: "worksheet", worksheetId: id };
}
