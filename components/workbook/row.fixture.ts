import type { DispositionDto } from "@/lib/contracts/disposition";

/** A row of a workbook for tests: undecided, of 8.3.4, with nothing on it but what is given. */
export function workbookRow(given: Partial<DispositionDto> = {}): DispositionDto {
  return {
    id: "row",
    engagementId: "e",
    standardVersion: "4.0.1",
    requirementNumber: "8.3.4",
    requirementTitle: "No guessing of factors",
    source: "scope",
    trigger: null,
    disposition: "undecided",
    note: "",
    fixOwner: "",
    fixDueOn: null,
    evidenceTitle: "",
    evidenceUrl: "",
    owner: null,
    dueOn: null,
    version: 1,
    worksheet: null,
    records: [],
    mayOpen: [],
    settled: false,
    turn: "entity",
    mayDecide: true,
    warning: null,
    ...given,
  };
}
