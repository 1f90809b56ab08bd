import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCardNumbers, isCardNumber } from "@/lib/domain/evidence/card-numbers";
import { cpuTime } from "@/test/cpu-time";

const found = (text: string) => findCardNumbers(text).map(({ from, to }) => text.slice(from, to));

describe("a card number", () => {
  it.each([
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111\u00a01111\u00a01111\u00a01111",
    "4222222222222",
    "5555 5555 5555 4444",
    "2223003122003222",
    "378282246310005",
    "3782 822463 10005",
    "6011111111111117",
    "3530111333300000",
    "30569309025904",
    "6200000000000005",
    "6759649826438453",
  ])("is found: %s", (number) => {
    expect(found(`The log showed PAN=${number}, twice.`)).toEqual([number]);
  });

  it.each([
    ["one whose last digit does not check", "4111111111111112"],
    ["a number of no network", "1234567812345670"],
    ["the number of an AWS account", "111122223333"],
    ["a moment in milliseconds", "1732460400000"],
    ["part of a longer number", "94111111111111111119999"],
    ["part of a word", "x4111111111111111"],
    ["a UUID", "41111111-1111-4111-8111-111111111111"],
    ["a hash", "4111111111111111aabbccddeeff00112233445566778899"],
    ["one that is masked", "411111******1111"],
    ["digits with two spaces between", "4111  1111  1111  1111"],
  ])("is not %s", (_what, text) => {
    expect(found(`See ${text}.`)).toEqual([]);
  });

  it("is told by its last four digits alone, wherever it stands among others", () => {
    const text = "17 4111 1111 1111 1111 and 5555555555554444";
    expect(findCardNumbers(text).map(({ lastFour }) => lastFour)).toEqual(["1111", "4444"]);
  });

  it("is found with any separators that people use, for every number that checks", () => {
    const payload = fc.tuple(
      fc.constantFrom("4", "51", "2221", "6011"),
      fc.array(fc.nat(9), { minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(payload, fc.constantFrom("", " ", "-"), ([prefix, digits], separator) => {
        const body = (prefix + digits.join("")).slice(0, 15);
        const number = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((last) => `${body}${last}`).find(isCardNumber) ?? "";
        const written = number.replace(/(\d{4})(?=\d)/g, `$1${separator}`);
        expect(found(`(${written})`)).toEqual([written]);
      }),
    );
  });

  it("takes no time to speak of in a text of digits alone", async () => {
    expect(await cpuTime(() => findCardNumbers("4 ".repeat(50_000)))).toBeLessThan(2_000);
  });
});
