import { ReadOnlyNote } from "@/components/kit/read-only-note";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { EDITABLE_STATES } from "@/lib/domain/workflow/editing";
import type { WorksheetState } from "@/lib/domain/workflow/states";

const BY_STATE: Readonly<Record<WorksheetState, string>> = {
  draft: "",
  changes_requested: "",
  internal_review: "It is with the internal reviewer, who approves it or sends it back.",
  qsa_review: "It is with the decider, who signs it, refuses it or asks for changes.",
  signed: "It is signed. The lead or the signer can reopen it, which begins the next revision.",
  refused: "It was refused. The lead can reopen it, which begins the next revision.",
  withdrawn: "It was withdrawn. The lead can reopen it.",
  revoked: "Its signature was revoked. The lead can reopen it, which begins the next revision.",
};

/** Why a worksheet cannot be written now, and who can change that. */
export function ReadOnlyReason({ worksheet }: { readonly worksheet: WorksheetDto }) {
  const what = worksheet.kind === "ccw" ? "worksheet" : "record";
  if (!EDITABLE_STATES.includes(worksheet.state)) {
    return (
      <ReadOnlyNote>
        You can read this {what}, not write it. {BY_STATE[worksheet.state]}
      </ReadOnlyNote>
    );
  }
  const names = worksheet.assignees.map(({ name }) => name);
  return (
    <ReadOnlyNote>
      You can read this {what}, not write it. The lead writes it
      {names.length > 0 ? `, and so do ${names.join(", ")}` : ""}; the lead can assign you.
      {worksheet.permissions.answerCriteria ? " The criteria at its end are yours to answer all the same." : ""}
    </ReadOnlyNote>
  );
}
