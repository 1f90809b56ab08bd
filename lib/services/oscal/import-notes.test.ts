import { expect, it } from "vitest";
import type { ChangedEvidence } from "@/lib/domain/oscal/compare-worksheet";
import type { EvidenceFields } from "@/lib/domain/oscal/pair-evidence";
import { importNotes, type NotesSource } from "@/lib/services/oscal/import-notes";

const at = (itemId: string): EvidenceFields => ({
  ...{ section: "definition", itemId, title: "Proof", url: "", shows: "" },
  ...{ collectedOn: "2026-11-24", validUntil: null },
});
const move = (id: string): ChangedEvidence => ({ changes: { id, version: 1 }, before: at("c1"), after: at("c2") });
const notesOf = (all: readonly ChangedEvidence[], shown: readonly ChangedEvidence[]) => {
  const compared = { parts: [], eligibility: null, reasons: [] };
  const standing = { id: "w", evidence: all.flatMap(({ changes }) => (changes ? [{ ...at("c1"), ...changes }] : [])) };
  return importNotes({
    ...{
      brought: { content: { evidence: all.map(({ after }) => after) }, signOffs: [], transitions: [], decisions: [] },
    },
    ...{ standing, settled: { controls: [], freed: [] }, anchors: [], leaving: 0, atHand: new Set() },
    ...{ whole: { ...compared, evidence: all }, compared: { ...compared, evidence: shown } },
    // Nothing else of a plan and a worksheet is told of here.
  } as unknown as NotesSource);
};

it("tells of what is put elsewhere and left out that it stays where it is until the next import", () => {
  const added: ChangedEvidence = { changes: null, before: null, after: at("c2") };
  const all = [move("a"), move("b"), move("c"), added];
  expect(notesOf(all, all)).toEqual([]);
  expect(notesOf(all, all.slice(0, 3))).toHaveLength(1);
  expect(notesOf(all, all.slice(0, 2))[1]).toBe(
    "1 piece of evidence that is left out is put at another place by the plan, and until then stays where it is, also where the item there is gone. The next import of the plan mends that.",
  );
  expect(notesOf(all, all.slice(0, 1))[1]).toContain("2 pieces of evidence that are left out are put at another place");
});
