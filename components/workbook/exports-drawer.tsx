"use client";

import { Button, Drawer, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { IconDownload, IconFileExport, IconRefresh, IconTrash, IconX } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { EmptyState } from "@/components/kit/empty-state";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { LookBadge } from "@/components/kit/status-badge";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { exportLook, exportProgress, exportTitle, isOpen } from "@/components/workbook/export-words";
import type { Exports } from "@/components/workbook/use-exports";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import type { ExportDto } from "@/lib/contracts/export";
import { sizeWords } from "@/lib/domain/evidence/file-rules";

/** The person's exports of the engagement: how far each is, and the files that are ready. */
export function ExportsDrawer({ exports, onClose }: { readonly exports: Exports; readonly onClose: () => void }) {
  useReturnFocus();
  const items = exports.items ?? [];
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title="Your exports">
      {items.length === 0 ? (
        <EmptyState icon={IconFileExport} title="Nothing exported yet" order={3}>
          What you export from this workbook is made in the background and waits here for a day. Only you can fetch it.
        </EmptyState>
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
          {items.map((one) => (
            <ExportCard key={one.id} one={one} exports={exports} />
          ))}
        </Stack>
      )}
      {exports.more ? <OlderExports more={exports.more} /> : null}
    </Drawer>
  );
}

function OlderExports({ more }: { readonly more: () => Promise<void> }) {
  const { run, busy, error } = useAction();
  return (
    <>
      <Button variant="default" size="xs" mt="sm" onClick={() => run(more)} loading={busy}>
        Show older exports
      </Button>
      <ProblemAlert error={error} mt="xs" />
    </>
  );
}

function ExportCard({ one, exports }: { readonly one: ExportDto; readonly exports: Exports }) {
  return (
    <Paper component="li" withBorder p="sm" aria-label={exportTitle(one)}>
      <Group justify="space-between" gap="xs">
        <Title order={3} size="h4">
          {exportTitle(one)}
        </Title>
        <LookBadge look={exportLook(one)} />
      </Group>
      <Text size="xs" c="dimmed" component="div">
        Asked for <DateText value={one.requestedAt} />
        {one.file ? (
          <>
            , {sizeWords(one.file.size)}, kept until <DateText value={one.file.removesAt} />
          </>
        ) : null}
      </Text>
      {isOpen(one) ? <ExportProgress one={one} /> : null}
      {one.state === "failed" ? (
        <Text size="sm" mt={6}>
          {one.note}
        </Text>
      ) : null}
      <ExportActs one={one} exports={exports} />
    </Paper>
  );
}

function ExportProgress({ one }: { readonly one: ExportDto }) {
  const { words, percent } = exportProgress(one);
  return (
    <Stack gap={4} mt={8}>
      <Progress.Root size="md">
        <Progress.Section
          value={percent}
          aria-label={`Progress of ${exportTitle(one)}`}
          aria-valuetext={`${percent} percent: ${words}`}
        />
      </Progress.Root>
      <Text size="sm">{words}</Text>
    </Stack>
  );
}

/** The same once more: nothing of what failed is left, and what was wrong may be mended. */
function AskAgain({ one, request }: { readonly one: ExportDto; readonly request: Exports["request"] }) {
  const { run, busy, error } = useAction();
  const { kind, paper, conformance } = one;
  const wanted = { kind, ...(paper ? { paper } : {}), ...(conformance ? { conformance } : {}) };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        mt="sm"
        leftSection={<IconRefresh size={15} aria-hidden="true" />}
        onClick={() => run(() => request(wanted))}
        loading={busy}
        aria-label={`Ask again for ${exportTitle(one)}`}
      >
        Ask again
      </Button>
      <ProblemAlert error={error} mt="xs" />
    </>
  );
}

function ExportActs({ one, exports }: { readonly one: ExportDto; readonly exports: Exports }) {
  const { end, request } = exports;
  const { run, busy, error } = useAction();
  const { file } = one;
  if (one.state === "failed") return <AskAgain one={one} request={request} />;
  if (!file && !isOpen(one)) return null;
  const fetchFile = (name: string) => run(() => download(apiPath("exports", one.id, "file"), name));
  return (
    <>
      <Group gap="xs" mt="sm">
        {file ? (
          <Button
            size="xs"
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={() => fetchFile(file.name)}
            loading={busy}
            aria-label={`Download ${exportTitle(one)}`}
          >
            Download
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          leftSection={file ? <IconTrash size={15} aria-hidden="true" /> : <IconX size={15} aria-hidden="true" />}
          onClick={() => run(() => end(one.id))}
          disabled={busy}
          aria-label={`${file ? "Remove" : "Cancel"} ${exportTitle(one)}`}
        >
          {file ? "Remove" : "Cancel"}
        </Button>
      </Group>
      <ProblemAlert error={error} mt="xs" />
    </>
  );
}
