"use client";

import { Button, FileButton, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { Cancelled, isAborted } from "@/lib/client/errors";
import { uploadFile } from "@/lib/client/upload";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import { FILE_EXTENSIONS } from "@/lib/domain/evidence/file-kinds";

const ACCEPT = FILE_EXTENSIONS.map((extension) => `.${extension}`).join(",");

/** A file on its way, or one that was not taken. */
interface Sending {
  readonly key: string;
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly error: unknown;
}

/** Takes files for a piece of evidence: dropped, or chosen. Each shows how far it is, and why it was not taken. */
export function FileDrop(props: { readonly evidenceId: string; readonly title: string; readonly onAdded: () => void }) {
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const [over, setOver] = useState(false);
  const { withQuestion, question } = useCardNumberQuestion();

  const change = (key: string, next: Partial<Sending> | null) =>
    setSending((all) => all.flatMap((one) => (one.key !== key ? [one] : next === null ? [] : [{ ...one, ...next }])));

  const send = async (key: string, file: File) => {
    try {
      await withQuestion((sure) =>
        uploadFile<EvidenceDto>(["evidence", props.evidenceId, "files"], file, {
          query: { name: file.name, acknowledgeCardNumber: sure ? "1" : "0" },
          onProgress: (share) => change(key, { share }),
        }),
      );
      change(key, null);
      props.onAdded();
    } catch (error) {
      change(key, error instanceof Cancelled || isAborted(error) ? null : { error });
    }
  };
  // One after another: each shows its own answer, and a question about one does not wait behind another's.
  const sendAll = async (files: readonly File[]) => {
    const named = files.map((file) => ({ file, key: crypto.randomUUID() }));
    const rows = named.map(({ file, key }): Sending => ({ key, name: file.name, share: 0, error: null }));
    setSending((all) => [...all.filter(({ error }) => error === null), ...rows]);
    for (const { file, key } of named) await send(key, file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void sendAll([...event.dataTransfer.files]);
  };
  return (
    <Stack gap={6} mt={8}>
      <Paper
        withBorder
        p={8}
        style={{ borderStyle: "dashed", ...(over ? { borderColor: "var(--mantine-primary-color-filled)" } : {}) }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Group gap={8}>
          <FileButton multiple accept={ACCEPT} onChange={(files) => void sendAll(files)}>
            {(button) => (
              <Button
                {...button}
                size="compact-xs"
                variant="default"
                leftSection={<IconUpload size={14} aria-hidden />}
                aria-label={`Add files to ${props.title}`}
              >
                Add files
              </Button>
            )}
          </FileButton>
          <Text size="xs" c="dimmed">
            or drop them here: {FILE_EXTENSIONS.join(", ")}
          </Text>
        </Group>
      </Paper>
      {sending.map(({ key, name, share, error }) =>
        error === null ? (
          <div key={key}>
            <Text size="xs">
              <bdi>{name}</bdi>
            </Text>
            <Progress value={share * 100} size="sm" aria-label={`Sending ${name}`} animated={share >= 1} />
          </div>
        ) : (
          <div key={key}>
            <Text size="xs" fw={550}>
              <bdi>{name}</bdi>
            </Text>
            <ProblemAlert error={error} withCloseButton onClose={() => change(key, null)} />
          </div>
        ),
      )}
      {question}
    </Stack>
  );
}
