import { expect, it } from "vitest";
import { LanePauses } from "./lane-pauses";

it("leaves a lane alone twice as long after each failure in a row, five minutes at most", () => {
  const pauses = new LanePauses();
  const lengths: number[] = [];
  let now = 0;
  for (let turn = 0; turn < 12; turn += 1) {
    const pause = pauses.failed("a", now);
    lengths.push(pause / 1_000);
    expect(pauses.has("a", now + pause - 1)).toBe(true);
    now += pause;
    expect(pauses.has("a", now)).toBe(false);
    pauses.forget(now);
  }
  expect(lengths).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  expect(pauses.has("b", 0)).toBe(false);
});

it("begins anew once it went well, or long after", () => {
  const pauses = new LanePauses();
  pauses.failed("a", 0);
  pauses.failed("a", 1_000);
  pauses.went("a");
  expect(pauses.has("a", 1_000)).toBe(false);
  expect(pauses.failed("a", 2_000)).toBe(1_000);
  pauses.forget(20 * 60_000);
  expect(pauses.failed("a", 20 * 60_000)).toBe(1_000);
});

it("leaves alone for a moment what another worker is at, and remembers failures before", () => {
  const pauses = new LanePauses();
  pauses.elsewhere("a", 0);
  expect([pauses.has("a", 499), pauses.has("a", 500)]).toEqual([true, false]);
  pauses.failed("b", 0);
  pauses.elsewhere("b", 1_000);
  expect(pauses.failed("b", 1_500)).toBe(2_000);
});
