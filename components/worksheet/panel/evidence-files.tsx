"use client";

import { Button, Group, Stack } from "@mantine/core";
import { FileLine } from "@/components/kit/file-line";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { FileDrop } from "@/components/worksheet/panel/file-drop";
import { FilePicture } from "@/components/worksheet/panel/file-picture";
import { ReuseFiles } from "@/components/worksheet/panel/reuse-files";
import { api } from "@/lib/client/api";
import type { EvidenceDto, EvidenceFileDto } from "@/lib/contracts/evidence";
import { isPicture } from "@/lib/domain/evidence/file-kinds";

/** The files of a piece of evidence, and for those who write the ways to add and remove some. */
export function EvidenceFiles(props: {
  readonly worksheetId: string;
  readonly link: EvidenceDto;
  readonly may: boolean;
  readonly onChanged: () => void;
}) {
  const { worksheetId, link, may } = props;
  if (link.files.length === 0 && !may) return null;
  return (
    <Stack gap={4} mt={6}>
      <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label={`Files of ${link.title}`}>
        {link.files.map((file) => (
          <li key={file.id}>
            <FileLine worksheetId={worksheetId} file={file} state={file.state}>
              {isPicture(file.type) && file.state === "whole" && <FilePicture worksheetId={worksheetId} file={file} />}
              {may && <RemoveFile link={link} file={file} onRemoved={props.onChanged} />}
            </FileLine>
          </li>
        ))}
      </Stack>
      {may && (
        <>
          <FileDrop evidenceId={link.id} title={link.title} onAdded={props.onChanged} />
          <Group>
            <ReuseFiles link={link} onAdded={props.onChanged} />
          </Group>
        </>
      )}
    </Stack>
  );
}

/** Undone by adding the file again, so nothing is asked. */
function RemoveFile(props: {
  readonly link: EvidenceDto;
  readonly file: EvidenceFileDto;
  readonly onRemoved: () => void;
}) {
  const { run, busy, error } = useAction();
  const remove = async () => {
    if (await run(() => api.delete<EvidenceDto>(`/evidence/${props.link.id}/files/${props.file.id}`))) {
      props.onRemoved();
    }
  };
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={remove}
        loading={busy}
        aria-label={`Remove ${props.file.name}`}
      >
        Remove
      </Button>
      <ProblemAlert error={error} />
    </>
  );
}
