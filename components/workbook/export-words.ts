import { IconBan, IconCircleCheck, IconCircleX, IconHourglass, IconLoader2, IconTrash } from "@tabler/icons-react";
import type { StatusLook } from "@/components/kit/status";
import type { ExportDto } from "@/lib/contracts/export";
import { worksheetsDone } from "@/lib/domain/export/progress";
import { OPEN_STATES, STEP_WORDS } from "@/lib/domain/export/states";

/** Whether an export still waits or is being made. */
export function isOpen({ state }: Pick<ExportDto, "state">): boolean {
  return OPEN_STATES.includes(state);
}

/** What an export is of, in words. */
export function exportTitle({ kind, paper, conformance }: Pick<ExportDto, "kind" | "paper" | "conformance">): string {
  const archive = conformance === "PDF/A-3a";
  // What a pack is as a rule goes without saying.
  if (kind === "pack") return `Proof pack${paper === "Letter" ? ", Letter" : ""}${archive ? ", PDF/A-3" : ""}`;
  const format = kind === "document" ? "Word document" : archive ? "PDF/A-3" : "PDF";
  return `Workbook as ${format}, ${paper ?? "A4"}`;
}

/** How an export stands: icon, word and colour. A file whose time is over is no success any more. */
export function exportLook({ state, file }: Pick<ExportDto, "state" | "file">): StatusLook {
  switch (state) {
    case "queued":
      return { word: "Waiting", tone: "gray", icon: IconHourglass };
    case "running":
      return { word: "Being made", tone: "blue", icon: IconLoader2 };
    case "done":
      return file
        ? { word: "Ready", tone: "green", icon: IconCircleCheck }
        : { word: "Removed", tone: "gray", icon: IconTrash };
    case "failed":
      return { word: "Failed", tone: "red", icon: IconCircleX };
    case "cancelled":
      return { word: "Cancelled", tone: "gray", icon: IconBan };
  }
}

/** How far an open export has come, in words and as a share of 100. */
export function exportProgress({ kind, state, step, partsDone, partsTotal, note }: ExportDto): {
  readonly words: string;
  readonly percent: number;
} {
  const percent = partsTotal === 0 ? 0 : Math.round((100 * partsDone) / partsTotal);
  if (note !== "") return { words: note, percent };
  if (state === "queued" || step === null) return { words: "It begins in a moment.", percent };
  if (partsTotal === 0) return { words: STEP_WORDS[step], percent };
  const sheets = worksheetsDone(kind, step, partsDone, partsTotal);
  if (sheets) {
    const words = step === "render" ? "Drawing worksheets" : STEP_WORDS[step];
    return { words: `${words} – ${sheets.done} of ${sheets.of}`, percent };
  }
  if (kind === "workbook") return { words: STEP_WORDS[step], percent };
  return { words: `${STEP_WORDS[step]} – part ${Math.min(partsDone + 1, partsTotal)} of ${partsTotal}`, percent };
}
