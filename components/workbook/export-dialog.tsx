"use client";

import { Alert, Box, Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { api } from "@/lib/client/api";
import type { ExportEstimateDto, ExportRequest } from "@/lib/contracts/export";
import { estimateWords } from "@/lib/domain/export/estimate";
import { warningOf } from "@/lib/domain/pack/size";

/** What can be chosen here. */
export type ChosenKind = ExportRequest["kind"];

const TITLES: Readonly<Record<ChosenKind, string>> = {
  workbook: "Workbook as PDF",
  document: "Workbook as Word document",
  pack: "Proof pack",
};

type Paper = "A4" | "Letter";
type Conformance = "PDF/UA-1" | "PDF/A-3a";

/** Chooses how an export is to be, says about how large it becomes and how long it takes, and asks for it. */
export function ExportDialog(props: {
  readonly engagementId: string;
  readonly kind: ChosenKind;
  readonly ask: (wanted: ExportRequest) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  useReturnFocus();
  const { kind, onClose } = props;
  const { run, busy, error } = useAction();
  const [paper, setPaper] = useState<Paper>("A4");
  const [conformance, setConformance] = useState<Conformance>("PDF/UA-1");
  const wanted = kind === "document" ? { kind, paper } : { kind, paper, conformance };
  const estimate = useEstimate(props.engagementId, { kind, paper, conformance });
  return (
    <Modal opened onClose={onClose} title={TITLES[kind]}>
      <Stack gap="md">
        <Radio.Group label="Paper" value={paper} onChange={(value) => setPaper(value === "Letter" ? "Letter" : "A4")}>
          <Group mt={6}>
            <Radio value="A4" label="A4" />
            <Radio value="Letter" label="Letter" />
          </Group>
        </Radio.Group>
        {kind === "document" ? null : (
          <Radio.Group
            label={kind === "pack" ? "PDFs in the pack" : "Kind of PDF"}
            value={conformance}
            onChange={(value) => setConformance(value === "PDF/A-3a" ? "PDF/A-3a" : "PDF/UA-1")}
          >
            <Stack gap={8} mt={6}>
              <Radio
                value="PDF/UA-1"
                label="Accessible (PDF/UA-1)"
                description="For people, and for programs that read aloud"
              />
              <Radio
                value="PDF/A-3a"
                label="For the archive (PDF/A-3)"
                description="Carries the content of each worksheet along as JSON"
              />
            </Stack>
          </Radio.Group>
        )}
        <Box aria-live="polite" mih={22}>
          {estimate ? <Estimated kind={kind} made={estimate} /> : null}
        </Box>
        <Text size="sm" c="dimmed">
          It is made in the background and waits under Your exports for a day. Only you can fetch it.
        </Text>
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
          <Button loading={busy} onClick={() => run(() => props.ask(wanted))}>
            Export
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** About how large it becomes, and what is said of a pack that would hardly be made. */
function Estimated({ kind, made }: { readonly kind: ChosenKind; readonly made: ExportEstimateDto }) {
  const [one, many] = kind === "pack" ? ["decided revision", "decided revisions"] : ["document", "documents"];
  const warning = kind === "pack" ? warningOf(made) : "";
  return (
    <>
      <Text size="sm">
        {made.worksheets.toLocaleString("en")} {made.worksheets === 1 ? one : many}: {estimateWords(made)}.
      </Text>
      {warning === "" ? null : (
        <Alert
          color="orange"
          icon={<IconAlertTriangle size={18} aria-hidden="true" />}
          role="note"
          title="This pack will probably not be made"
          mt="xs"
          p="sm"
        >
          {warning}
        </Alert>
      )}
    </>
  );
}

/** The estimate; null until it is there, and where there is none: nobody needs it to go on. */
function useEstimate(
  engagementId: string,
  { kind, paper, conformance }: { readonly kind: ChosenKind; readonly paper: Paper; readonly conformance: Conformance },
): ExportEstimateDto | null {
  const [estimate, setEstimate] = useState<ExportEstimateDto | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    api
      .get<ExportEstimateDto>(`/engagements/${encodeURIComponent(engagementId)}/exports/estimate`, {
        query: { kind, paper, conformance },
        signal: ending.signal,
      })
      .then(setEstimate)
      .catch(() => setEstimate(null));
    return () => ending.abort();
  }, [engagementId, kind, paper, conformance]);
  return estimate;
}
