"use client";

import { Anchor, Button, Group, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";

type Paper = "A4" | "Letter";

/** Shows a worksheet's PDF within the page as it would be downloaded, on either paper. */
export function PdfPreview(props: {
  readonly worksheetId: string;
  /** The frozen revision; null takes the newest text. */
  readonly revision: number | null;
  readonly onClose: () => void;
}) {
  useReturnFocus();
  const { run, busy } = useAction({ notify: true });
  const [paper, setPaper] = useState<Paper>("A4");
  // Phones show no PDF within a page.
  const isSmall = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const [canShow] = useState(() => navigator.pdfViewerEnabled !== false);
  const address = (shown: "yes" | "no") =>
    withQuery(apiPath("worksheets", props.worksheetId, "pdf"), { paper, shown, revision: props.revision });
  return (
    <Modal opened onClose={props.onClose} title="Preview of the PDF" size="min(64rem, 96vw)">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <SegmentedControl
            aria-label="Paper"
            data={["A4", "Letter"]}
            value={paper}
            onChange={(value) => setPaper(value === "Letter" ? "Letter" : "A4")}
          />
          <Button
            variant="default"
            loading={busy}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            onClick={() => run(() => download(address("no"), "worksheet.pdf"))}
          >
            Download
          </Button>
        </Group>
        {isSmall || !canShow ? (
          <Text>
            This browser shows no PDF within a page.{" "}
            <Anchor href={address("yes")} target="_blank" rel="noreferrer">
              Open it in a tab of its own
            </Anchor>{" "}
            or download it.
          </Text>
        ) : (
          <iframe
            key={paper}
            src={address("yes")}
            title={`The worksheet as PDF, ${paper}`}
            style={{ width: "100%", height: "72vh", border: "1px solid var(--mantine-color-default-border)" }}
          />
        )}
        <Text size="sm" c="dimmed">
          Each look makes the PDF, and stands in the trail like a download.
        </Text>
      </Stack>
    </Modal>
  );
}
