import { describe, expect, it } from "vitest";
import { type EvidenceFields, pairEvidence } from "@/lib/domain/oscal/pair-evidence";
import { cpuTime } from "@/test/cpu-time";

const OTHER = "0199f3a4-0000-7000-8000-00000000000a";
const PIECE: EvidenceFields = {
  ...{ section: "validation", itemId: null, title: "Access review", url: "https://evidence.example/1" },
  ...{ shows: "Who looked at what.", collectedOn: "2026-11-24", validUntil: null },
};
const piece = (id: string, more: Partial<EvidenceFields> = {}, controlRecordId: string | null = null) => ({
  ...{ id, controlRecordId },
  ...PIECE,
  ...more,
});
const idsOf = (...args: Parameters<typeof pairEvidence>) =>
  [...pairEvidence(...args)].map(([place, { id }]) => `${place}=${id}`).sort();

describe("a plan's evidence that stands", () => {
  it("is told by its id in the same worksheet alone, and each is there once", () => {
    const standing = [piece("a", { title: "Corrected", url: "", shows: "" })];
    expect(idsOf([piece("a"), piece("a")], standing, true)).toEqual(["0=a"]);
    expect(idsOf([piece("a")], standing, false)).toEqual([]);
  });

  it.each<[string, Partial<EvidenceFields>]>([
    ["what it shows", { shows: "Who looked at what, and when." }],
    ["its address", { url: "https://evidence.example/2" }],
    ["its title", { title: "Review of access" }],
    ["its place", { itemId: OTHER }],
    ["its section", { section: "maintenance" }],
  ])("is the same one where %s was corrected", (_what, corrected) => {
    const others = [piece("b", { title: "B", url: "", shows: "" }), piece("a", corrected)];
    expect(idsOf([piece("x")], others, false)).toEqual(["0=a"]);
  });

  it("is the same one without an address and words too, once it says what it shows", () => {
    const bare = { url: "", shows: "" };
    expect(idsOf([piece("x", bare)], [piece("a", { ...bare, shows: "Who." })], false)).toEqual(["0=a"]);
  });

  it.each<[string, Partial<EvidenceFields>, Partial<EvidenceFields>]>([
    ["of another day", {}, { collectedOn: "2026-10-24" }],
    ["valid until another day", {}, { validUntil: "2027-10-24" }],
    ["merely called the same", { shows: "" }, { url: "https://evidence.example/2" }],
    ["only of the same place and day", { shows: "", url: "" }, { title: "Inventory" }],
    ["called the same at another item", { shows: "", url: "" }, { itemId: OTHER }],
  ])("is another one %s", (_what, both, more) => {
    expect(idsOf([piece("x", both)], [piece("a", { ...both, ...more })], false)).toEqual([]);
  });

  it("is none where several could be it, or where it is a shared control's that says something else", () => {
    const corrected = [piece("a", { shows: "One." }), piece("b", { shows: "Two." })];
    expect(idsOf([piece("x")], corrected, false)).toEqual([]);
    expect(idsOf([piece("x", { shows: "1" }), piece("y", { shows: "2" })], corrected.slice(1), false)).toEqual([]);
    expect(idsOf([piece("x")], [piece("a", { shows: "One." }, "record")], false)).toEqual([]);
    expect(idsOf([piece("x")], [piece("a", {}, "record")], false)).toEqual(["0=a"]);
  });

  it("takes time in proportion to how much there is, alike or not", async () => {
    for (const shows of [(at: number) => `${at}`, () => "The same."]) {
      const brought = Array.from({ length: 5_000 }, (_, at) => piece(`x${at}`, { shows: shows(at) }));
      const standing = Array.from({ length: 2_000 }, (_, at) => piece(`a${at}`, { shows: `${shows(at)} Anew.` }));
      expect(await cpuTime(() => pairEvidence(brought, standing, false))).toBeLessThan(3_000);
    }
  });
});
