import { MOVE_LABELS, TRANSITIONS } from "@/lib/domain/workflow/transitions";

/** The transition table as a mermaid state diagram, for the documentation. Deterministic: same table, same text. */
export function transitionDiagram(): string {
  const lines = ["stateDiagram-v2", "  [*] --> draft"];
  for (const row of TRANSITIONS) {
    const notes = [
      row.internalReview === undefined ? "" : row.internalReview ? "internal review on" : "internal review off",
      row.needsReason ? "reason" : "",
      row.stepUp ? "identity shown again" : "",
    ].filter((note) => note !== "");
    const label = `${MOVE_LABELS[row.move]}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
    for (const from of row.from) lines.push(`  ${from} --> ${row.to}: ${label}`);
  }
  return `${lines.join("\n")}\n`;
}
