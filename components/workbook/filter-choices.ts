import type { FilterChoice } from "@/components/kit/filter-bar";
import { DISPOSITION_LOOKS, STATE_LOOKS } from "@/components/kit/status";
import { familiesOf, NO_OWNER, type TURN_STATES } from "@/components/workbook/select-rows";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { WORKSHEET_STATES } from "@/lib/domain/workflow/states";

const TURN_WORDS: Readonly<Record<(typeof TURN_STATES)[number], string>> = {
  open: "Not settled",
  settled: "Settled",
  entity: "The entity’s turn",
  assessor: "The decider’s turn",
  broken: "Sign-off to look at",
  overdue: "Overdue",
};

/** The workbook's filters with the values that its rows can have. */
export function workbookChoices(rows: readonly DispositionDto[]): readonly FilterChoice[] {
  const owners = new Map(rows.flatMap(({ owner }) => (owner ? [[owner.id, owner.name] as const] : [])));
  return [
    {
      name: "state",
      label: "State",
      options: [
        ...Object.entries(TURN_WORDS).map(([value, label]) => ({ value, label })),
        ...WORKSHEET_STATES.map((value) => ({ value, label: `Worksheet: ${STATE_LOOKS[value].word.toLowerCase()}` })),
      ],
    },
    {
      name: "disposition",
      label: "Disposition",
      options: DISPOSITIONS.map((value) => ({ value, label: DISPOSITION_LOOKS[value].word })),
    },
    {
      name: "owner",
      label: "Owner",
      options: [
        { value: NO_OWNER, label: "Nobody" },
        ...[...owners].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label)),
      ],
    },
    {
      name: "family",
      label: "Family",
      options: familiesOf(rows).map((value) => ({
        value,
        label: value.startsWith("A") ? `Appendix ${value}` : `Requirement ${value}`,
      })),
    },
  ];
}
