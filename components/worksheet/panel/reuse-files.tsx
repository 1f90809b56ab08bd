"use client";

import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconCopyPlus } from "@tabler/icons-react";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { EvidenceDto, ReusableFileDto } from "@/lib/contracts/evidence";
import { FILE_STATE_WORDS } from "@/lib/domain/evidence/blob-state";
import { mediaTypeWords } from "@/lib/domain/evidence/file-kinds";
import { sizeWords } from "@/lib/domain/evidence/file-rules";

/** Uses files that other evidence of the engagement has: the same bytes are named once more, and not stored again. */
export function ReuseFiles({ link, onAdded }: { readonly link: EvidenceDto; readonly onAdded: () => void }) {
  const [offered, setOffered] = useState<readonly ReusableFileDto[] | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [search, setSearch] = useState("");
  const { run, busy, error, clear } = useAction();
  const address = `/evidence/${link.id}/files/again`;
  const open = () =>
    run(async () => {
      setChosen([]);
      setSearch("");
      setOffered((await api.get<{ items: readonly ReusableFileDto[] }>(address)).items);
    });
  const close = () => {
    clear();
    setOffered(null);
  };
  const use = async () => {
    const done = await run(() => api.post<EvidenceDto>(address, { fileIds: chosen }));
    if (!done) return;
    close();
    onAdded();
  };
  const wanted = search.trim().toLowerCase();
  const shown = (offered ?? []).filter(({ name, evidenceTitle, requirementNumber }) =>
    `${name} ${evidenceTitle} ${requirementNumber}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconCopyPlus size={14} aria-hidden />}
        onClick={open}
        loading={busy && offered === null}
        aria-label={`Use files again for ${link.title}`}
      >
        Use again
      </Button>
      {offered === null && <ProblemAlert error={error} />}
      <Modal opened={offered !== null} onClose={close} title="Use files again" size="lg">
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            Files of this engagement’s other evidence. What is used again is stored once.
          </Text>
          {offered !== null && offered.length > 6 && (
            <TextInput label="Search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
          )}
          <Checkbox.Group value={[...chosen]} onChange={setChosen} label="Files">
            <Stack gap={8} mt={6}>
              {shown.map((file) => (
                <Checkbox
                  key={file.id}
                  value={file.id}
                  disabled={file.state !== "whole" && file.state !== "pending"}
                  label={<bdi>{file.name}</bdi>}
                  description={wordsOf(file)}
                />
              ))}
              {shown.length === 0 && <Text size="sm">There are none.</Text>}
            </Stack>
          </Checkbox.Group>
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button onClick={use} loading={busy} disabled={chosen.length === 0}>
              Use {chosen.length === 1 ? "1 file" : `${chosen.length} files`}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function wordsOf({ requirementNumber, evidenceTitle, type, size, state }: ReusableFileDto): string {
  const stands = state === "whole" ? "" : ` · ${FILE_STATE_WORDS[state]}`;
  return `${requirementNumber}, ${evidenceTitle} · ${mediaTypeWords(type)}, ${sizeWords(size)}${stands}`;
}
