import { describe, expect, it } from "vitest";
import { delayAfter, MOST_ATTEMPTS, RETRY_DELAYS, readRetryAfter } from "./schedule";

describe("the schedule of attempts", () => {
  it("grows, ends within three days, and has no attempt behind the last", () => {
    expect([...RETRY_DELAYS].sort((a, b) => a - b)).toEqual(RETRY_DELAYS);
    const longest = RETRY_DELAYS.reduce((sum, delay) => sum + delay, 0);
    expect(longest).toBeLessThanOrEqual(72 * 3_600_000);
    expect(longest).toBeGreaterThan(68 * 3_600_000);
    expect(delayAfter(MOST_ATTEMPTS - 1, null, 0.5)).toBe(27 * 3_600_000);
    expect(delayAfter(MOST_ATTEMPTS, null, 0.5)).toBeNull();
    expect(delayAfter(MOST_ATTEMPTS, 5_000, 0.5)).toBeNull();
  });

  it("spreads by a fifth, so that what failed together does not come back together", () => {
    expect(delayAfter(1, null, 0)).toBe(4_000);
    expect(delayAfter(1, null, 0.5)).toBe(5_000);
    expect(delayAfter(2, null, 0.9999)).toBeLessThanOrEqual(72_000);
  });

  it("waits longer when asked to, up to six hours, and never less", () => {
    expect(delayAfter(1, 60_000, 0.5)).toBe(60_000);
    expect(delayAfter(1, 10, 0.5)).toBe(5_000);
    expect(delayAfter(1, 365 * 86_400_000, 0.5)).toBe(6 * 3_600_000);
    expect(delayAfter(7, 60_000, 0.5)).toBe(12 * 3_600_000);
  });

  it.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["Fri, 27 Nov 2026 00:01:00 GMT", 60_000],
    ["Thu, 26 Nov 2026 00:00:00 GMT", null],
    ["soon", null],
    ["-5", null],
    ["1e9", null],
    ["99999999999999", null],
    ["", null],
    [undefined, null],
  ])("reads Retry-After %s as %s", (header, expected) => {
    expect(readRetryAfter(header, new Date("2026-11-27T00:00:00Z"))).toBe(expected);
  });
});
