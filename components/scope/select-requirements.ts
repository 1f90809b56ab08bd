import type { TriggeredRequirementDto, TriggeringRowDto } from "@/lib/contracts/scope-result";
import type { ReadingName } from "@/lib/domain/keys/trigger";

/** The result's filters as the address keeps them; "" for none. */
export const RESULT_FILTERS = { q: "", reading: "", decided: "", sort: "" };
export type ResultFilters = typeof RESULT_FILTERS;

/** A reason with the row of the article it stands for. */
export interface ReasonLine {
  readonly row: string;
  readonly text: string;
  /** How the row is to be weighed. */
  readonly weight: Pick<TriggeringRowDto, "disputed" | "disputeReason" | "asOf">;
}

/** Why a requirement is triggered in one reading, over all its rows. */
export function reasonsOf(requirement: TriggeredRequirementDto, reading: ReadingName): readonly ReasonLine[] {
  return requirement.rows.flatMap((row) =>
    row[reading].reasons.map(({ text, remarks }) => ({
      row: row.row,
      text: [text, ...remarks].join(" "),
      weight: row,
    })),
  );
}

/** Why a requirement is no longer triggered today although the article triggered it, by row. */
export function whyClearToday(requirement: TriggeredRequirementDto): readonly ReasonLine[] {
  return requirement.rows
    .filter((row) => row.today.verdict === "clear" && row.statusNote !== "")
    .map((row) => ({ row: row.row, text: row.statusNote, weight: row }));
}

/** The sources of all rows behind a requirement, each once. */
export function sourcesOf(requirement: TriggeredRequirementDto): readonly string[] {
  return [...new Set(requirement.rows.flatMap(({ sources }) => sources))];
}

/** The requirements that fit the filters. */
export function selectRequirements(
  requirements: readonly TriggeredRequirementDto[],
  filters: ResultFilters,
): TriggeredRequirementDto[] {
  const words = filters.q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return requirements.filter((one) => {
    const text =
      `${one.number} ${one.title} ${one.rows.map(({ row, title }) => `${row} ${title}`).join(" ")}`.toLowerCase();
    const decided = one.disposition !== null && one.disposition.disposition !== "undecided";
    return (
      words.every((word) => text.includes(word)) &&
      hasReading(one, filters.reading) &&
      (filters.decided === "" || decided === (filters.decided === "yes"))
    );
  });
}

function hasReading({ article, today }: TriggeredRequirementDto, reading: string): boolean {
  switch (reading) {
    case "article":
      return article !== "clear";
    case "today":
      return today !== "clear";
    case "gone":
      return article !== "clear" && today === "clear";
    case "open":
      return article === "undetermined" || today === "undetermined";
    default:
      return true;
  }
}
