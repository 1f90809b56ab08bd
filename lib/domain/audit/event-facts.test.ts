import { describe, expect, it } from "vitest";
import { eventFacts } from "@/lib/domain/audit/event-facts";

const name = (id: string) => ({ kim: "Kim Lee", ann: "Ann Ode" })[id] ?? "Unknown person";
const facts = (detail: unknown) => eventFacts({ action: "a", detail }, name);

describe("what an event tells", () => {
  it("tells a move as the state before and after", () => {
    expect(facts({ move: "refuse", from: "qsa_review", to: "refused", revision: 2, reason: "Too late." })).toEqual([
      { term: "State", before: "In review", after: "Refused" },
      { term: "Revision", before: null, after: "2" },
      { term: "Reason", before: null, after: "Too late." },
    ]);
  });

  it("pairs what changed with what was, in words", () => {
    const before = { disposition: "undecided", dueOn: null, ownerId: "ann" };
    expect(facts({ disposition: "fix_planned", dueOn: "2026-12-03", ownerId: "kim", before })).toEqual([
      { term: "Disposition", before: "Undecided", after: "Fix planned" },
      { term: "Owner", before: "Ann Ode", after: "Kim Lee" },
      { term: "Due", before: "—", after: "3 December 2026" },
    ]);
  });

  it("tells only the answers that changed, by their questions", () => {
    const told = facts({ answers: { usesCli: true, usesSdk: false }, before: { answers: { usesCli: null } } });
    expect(told).toMatchObject([{ before: "—", after: "yes" }]);
    expect(told[0]?.term).toMatch(/\?$/);
  });

  it("tells the network address where it is known", () => {
    const from = (address: string) => eventFacts({ action: "a", detail: {}, origin: { address } }, name);
    expect(from("2001:db8::1")).toEqual([{ term: "Network address", before: null, after: "2001:db8::1" }]);
    expect(from("unknown")).toEqual([]);
    expect(eventFacts({ action: "a", detail: {}, origin: "withheld" }, name)).toEqual([]);
  });

  it.each([null, "text", [], { detail: 1 }, { section: 7, role: null, before: "x", answers: [] }])(
    "takes nothing for granted: %j",
    (detail) => {
      for (const { term, after } of facts(detail)) expect(`${term} ${after}`).not.toMatch(/undefined|\[object/);
    },
  );
});
