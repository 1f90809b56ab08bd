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

  it("is none where one could be it in one way and another in another way", () => {
    const [words, address] = [piece("a", { shows: "Anew." }), piece("b", { url: "https://evidence.example/2" })];
    expect(idsOf([piece("x")], [words, address], false)).toEqual([]);
    expect(idsOf([words, address], [piece("x")], false)).toEqual([]);
    expect(idsOf([words], [piece("x")], false)).toEqual(["0=x"]);
  });

  it("is none where several could be it, or where it is a shared control's that says something else", () => {
    const corrected = [piece("a", { shows: "One." }), piece("b", { shows: "Two." })];
    expect(idsOf([piece("x")], corrected, false)).toEqual([]);
    expect(idsOf([piece("x", { shows: "1" }), piece("y", { shows: "2" })], corrected.slice(1), false)).toEqual([]);
    expect(idsOf([piece("x")], [piece("a", { shows: "One." }, "record")], false)).toEqual([]);
    expect(idsOf([piece("x")], [piece("a", {}, "record")], false)).toEqual(["0=a"]);
  });

  const named = (sha256: string) => ({ files: [{ name: "screenshot.png", size: 1, type: "image/png", sha256 }] });
  const [AA, BB] = ["a".repeat(64), "b".repeat(64)];

  it("is another one where only title, place and day agree, or where both have files and none of them in common", () => {
    const shot = { title: "Screenshot", url: "" };
    const [one, two] = [
      { ...shot, shows: "Firewall rule 1." },
      { ...shot, shows: "Firewall rule 2." },
    ];
    expect(idsOf([piece("x", one)], [piece("a", two)], false)).toEqual([]);
    const first = { ...piece("x", one), ...named(AA) };
    expect(idsOf([first], [{ ...piece("a", two), ...named(BB) }], false)).toEqual([]);
    expect(idsOf([first], [{ ...piece("a", { ...one, itemId: OTHER }), ...named(BB) }], false)).toEqual([]);
    expect(idsOf([first], [{ ...piece("a", { ...one, itemId: OTHER }), ...named(AA) }], false)).toEqual(["0=a"]);
    expect(idsOf([first], [piece("a", { ...one, itemId: OTHER })], false)).toEqual(["0=a"]);
    expect(idsOf([first], [{ ...piece("a", two), ...named(AA) }], false)).toEqual(["0=a"]);
  });

  it.each<[string, readonly [Partial<EvidenceFields>, Partial<EvidenceFields>, Partial<EvidenceFields>]]>([
    ["a document at several controls", [{ itemId: "c1" }, { itemId: "c2" }, { itemId: "c3" }]],
    ["a title and words of several addresses", [{ url: "u1" }, { url: "u2" }, { url: "u3" }]],
    ["an address with several titles", [{ title: "1" }, { title: "2" }, { title: "3" }]],
    ["a title of an address that shows several things", [{ shows: "1" }, { shows: "2" }, { shows: "3" }]],
  ])("is another one though the others of %s were found", (_what, [one, two, three]) => {
    const standing = [piece("a", one), piece("b", three)];
    expect(idsOf([piece("x", one), piece("y", two)], standing, false)).toEqual(["0=a"]);
    expect(idsOf([piece("a", one), piece("y", two)], standing, true)).toEqual(["0=a"]);
    expect(idsOf([piece("y", two)], standing, false)).toEqual([]);
    expect(idsOf([piece("x", one), piece("y", two)], standing.slice(1), false)).toEqual([]);
    expect(idsOf([piece("y", two)], [piece("a", one, "record"), piece("b", three)], false)).toEqual([]);
  });

  it("takes time in proportion to how much there is, alike or not", async () => {
    for (const shows of [(at: number) => `${at}`, () => "The same."]) {
      const brought = Array.from({ length: 5_000 }, (_, at) => piece(`x${at}`, { shows: shows(at) }));
      const standing = Array.from({ length: 2_000 }, (_, at) => piece(`a${at}`, { shows: `${shows(at)} Anew.` }));
      expect(await cpuTime(() => pairEvidence(brought, standing, false))).toBeLessThan(3_000);
    }
  });
});
