import { expect, it } from "vitest";
import { couldSignBetween, leadsTo } from "@/lib/domain/pack/examine-keys";
import type { HandOver } from "@/lib/domain/proof/hand-over";
import type { KeyRecord } from "@/lib/domain/proof/keys";

const handOver = (from: string, to: string, purpose: HandOver["purpose"] = "root"): HandOver => ({
  ...{ service: "s", publicKey: "", at: "2026-01-01T00:00:00.000Z" },
  ...{ from, to, purpose },
});

it("trusts a root that follows from a trusted one, in that direction and by roots alone", () => {
  const chain = [handOver("b", "c"), handOver("a", "b")];
  expect(leadsTo("a", "a", [])).toBe(true);
  expect(leadsTo("a", "c", chain)).toBe(true);
  expect(leadsTo("c", "a", chain)).toBe(false);
  expect(leadsTo("a", "b", [handOver("a", "b", "statement")])).toBe(false);
});

it("lets a key have signed only within its life", () => {
  const life = { from: "2026-01-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" };
  const at = (day: string) => Date.parse(`${day}T00:00:00.000Z`);
  const could = (from: string, to: string) => couldSignBetween(life as KeyRecord, at(from), at(to));
  expect([could("2025-12-01", "2025-12-31"), could("2025-12-01", "2026-01-02")]).toEqual([false, true]);
  expect([could("2026-01-31", "2026-03-01"), could("2026-02-02", "2026-03-01")]).toEqual([true, false]);
});
