"use client";

import { Anchor, Button, Center, Group, Loader, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { apiPath } from "@/lib/client/api";
import { download, fetchFile } from "@/lib/client/download";
import { isAborted, NetworkError } from "@/lib/client/errors";
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
  const [attempt, setAttempt] = useState(0);
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
          <ShownPdf
            key={`${paper} ${attempt}`}
            address={address("yes")}
            title={`The worksheet as PDF, ${paper}`}
            onAgain={() => setAttempt(attempt + 1)}
          />
        )}
        <Text size="sm" c="dimmed">
          Each look makes the PDF, and stands in the trail like a download.
        </Text>
      </Stack>
    </Modal>
  );
}

/** What has become of a PDF that is to be shown: its address within the page, or why it is not there. */
type Shown = { readonly url: string } | { readonly error: unknown } | null;

/** Fetched by the page, so that it can say in its own words why it does not come. */
function ShownPdf(props: { readonly address: string; readonly title: string; readonly onAgain: () => void }) {
  const { address, title, onAgain } = props;
  const [shown, setShown] = useState<Shown>(null);
  useEffect(() => {
    const given = new AbortController();
    let url = "";
    fetchFile(address, given.signal)
      .then(({ blob }) => {
        if (given.signal.aborted) return;
        // Something between the browser and the server may answer with a page of its own: that is framed nowhere.
        if (!IS_PDF.test(blob.type)) throw new NetworkError(false);
        url = URL.createObjectURL(blob);
        setShown({ url });
      })
      .catch((error: unknown) => {
        if (!given.signal.aborted && !isAborted(error)) setShown({ error });
      });
    return () => {
      given.abort();
      if (url !== "") URL.revokeObjectURL(url);
    };
  }, [address]);
  if (shown && "url" in shown) return <iframe src={shown.url} title={title} style={FRAME} />;
  if (!shown) {
    return (
      <Center style={FRAME} role="status">
        <Group gap="xs">
          <Loader size="sm" aria-hidden="true" />
          <Text>The PDF is being made.</Text>
        </Group>
      </Center>
    );
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Text>The preview did not come.</Text>
      <ProblemAlert error={shown.error} w="100%" />
      <Button variant="default" onClick={onAgain}>
        Try again
      </Button>
    </Stack>
  );
}

const IS_PDF = /^application\/pdf(?:;|$)/i;

const FRAME = { width: "100%", height: "72vh", border: "1px solid var(--mantine-color-default-border)" } as const;
