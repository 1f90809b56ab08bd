"use client";

import { Badge, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconDownload, IconHourglass } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { DigestText } from "@/components/review/digest-text";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { FILE_STATE_WORDS, type FileState } from "@/lib/domain/evidence/blob-state";
import { mediaTypeWords } from "@/lib/domain/evidence/file-kinds";
import { sizeWords } from "@/lib/domain/evidence/file-rules";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";

/** A file of evidence: its name, which downloads it, what it is, how large, its digest, and how it stands. */
export function FileLine(props: {
  readonly worksheetId: string;
  readonly file: EvidenceFileEntry;
  /** Left out where it is not known, as of an earlier revision. */
  readonly state?: FileState;
  /** What else can be done with it. */
  readonly children?: ReactNode;
}) {
  const { worksheetId, file, state = "whole" } = props;
  const { run, busy, error } = useAction();
  const fetchFile = () =>
    run(() => download(apiPath("worksheets", worksheetId, "files", file.sha256), file.name).then(() => true));
  return (
    <>
      <Group gap={6} wrap="wrap" align="center">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={fetchFile}
          loading={busy}
          disabled={state === "removed" || state === "damaged" || state === "infected"}
          aria-label={`Download ${file.name}`}
          styles={{ root: { maxWidth: "100%" }, label: { overflow: "hidden", textOverflow: "ellipsis" } }}
        >
          <bdi>{file.name}</bdi>
        </Button>
        <Text size="xs" c="dimmed" component="span">
          {mediaTypeWords(file.type)}, {sizeWords(file.size)}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          <DigestText digest={file.sha256} />
        </Text>
        <StateBadge state={state} />
        {props.children}
      </Group>
      <ProblemAlert error={error} />
    </>
  );
}

/** Said only of files that are not as they should be. */
function StateBadge({ state }: { readonly state: FileState }) {
  if (state === "whole") return null;
  const isWaiting = state === "pending";
  const Icon = isWaiting ? IconHourglass : IconAlertTriangle;
  return (
    <Badge size="sm" color={isWaiting ? "yellow" : "red"} leftSection={<Icon size={12} aria-hidden />}>
      {FILE_STATE_WORDS[state]}
    </Badge>
  );
}
