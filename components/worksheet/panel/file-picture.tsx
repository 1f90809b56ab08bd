"use client";

import { Button, Image, Modal } from "@mantine/core";
import { useState } from "react";
import { apiPath } from "@/lib/client/api";
import type { EvidenceFileEntry } from "@/lib/domain/worksheet/model";

/**
 * Shows a picture beside the text. Pictures alone are shown: within an image element nothing of a file can run, and the
 * bytes were found to be a picture's. To look is an event, as a download is.
 */
export function FilePicture(props: { readonly worksheetId: string; readonly file: EvidenceFileEntry }) {
  const { worksheetId, file } = props;
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setOpened(true)} aria-label={`Show ${file.name}`}>
        Show
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={<bdi>{file.name}</bdi>} size="auto">
        <Image
          src={apiPath("worksheets", worksheetId, "files", file.sha256)}
          alt={file.name}
          fit="contain"
          mah="75vh"
        />
      </Modal>
    </>
  );
}
