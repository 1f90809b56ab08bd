"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import type { EvidenceDto } from "@/lib/contracts/evidence";

/** Removes an evidence link after asking. */
export function RemoveEvidence({ link, onRemoved }: { readonly link: EvidenceDto; readonly onRemoved: () => void }) {
  const [opened, setOpened] = useState(false);
  const { run, busy, error, clear } = useAction();
  const close = () => {
    clear();
    setOpened(false);
  };
  const remove = async () => {
    const done = await run(async () => {
      await api.delete(`/evidence/${link.id}`, { query: { version: link.version } });
      return true;
    });
    if (!done) return;
    close();
    onRemoved();
  };
  return (
    <>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setOpened(true)}>
        Remove
      </Button>
      <Modal opened={opened} onClose={close} title="Remove evidence">
        <Stack gap="sm">
          <Text>“{link.title}” leaves the draft. Revisions that were frozen with it keep it.</Text>
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button color="red" loading={busy} onClick={remove}>
              Remove
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
