import { expect, test } from "vitest";
import { compared, likeness, sharedPassage } from "@/lib/domain/rigour/likeness";

const like = (a: string, b: string) => likeness(compared(a), compared(b));
const TEXT = "Two break-glass users have to sign in there, because an outage would leave nobody able to disable a key.";

test("the same words are alike, whatever their marks, case and numbers", () => {
  expect(like(TEXT, TEXT.toUpperCase().replaceAll(",", ";"))).toBe(1);
  expect(like("Tested on 14 September 2025.", "Tested on 3 September 2026.")).toBe(1);
});

test("other words are not, and nothing is like nothing", () => {
  expect(like(TEXT, "Seventeen gateways speak with the bank over leased lines.")).toBeLessThan(0.4);
  expect(like("", "")).toBe(0);
  expect(like(TEXT, "")).toBe(0);
});

test("a changed word makes less of a difference than a changed sentence", () => {
  const word = like(TEXT, TEXT.replace("outage", "failure"));
  const sentence = like(TEXT, TEXT.replace(/because.*/, "which the firmware of the gateways asks for."));
  expect(word).toBeGreaterThan(0.8);
  expect(sentence).toBeLessThan(word);
});

test("the longest passage that both share is marked where it stands in the first", () => {
  const mine = `Our own beginning. ${TEXT} And our own end.`;
  const range = sharedPassage(compared(mine), compared(`Something else, and then: ${TEXT}`));
  expect(range && mine.slice(range.from, range.to)).toBe(TEXT.replace(/\.$/, ""));
  expect(sharedPassage(compared("nothing of this kind at all"), compared(TEXT))).toBeNull();
});
