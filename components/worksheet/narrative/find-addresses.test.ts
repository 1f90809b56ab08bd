import { describe, expect, test } from "vitest";
import { findAddresses } from "@/components/worksheet/narrative/find-addresses";
import { cpuTime } from "@/test/cpu-time";

const found = (text: string) => findAddresses(text).map(({ from, to }) => text.slice(from, to));

describe("addresses in a text", () => {
  test.each([
    ["the code `https://a.example/x` of it", ["https://a.example/x"]],
    ["| https://a.example/x|www.b.example |", ["https://a.example/x", "www.b.example"]],
    ["https://a.example/__init__", ["https://a.example/__init__"]],
    ["rotate_keys and https://a.example/_x_", ["https://a.example/_x_"]],
    ["2 * 3, https://a.example/role/*", ["https://a.example/role/*"]],
    ["**https://a.example/x**.", ["https://a.example/x"]],
    ["__see https://a.example/x__", ["https://a.example/x"]],
    ["_https://a.example/x_", ["https://a.example/x"]],
    ["**bold** https://a.example/x**", ["https://a.example/x**"]],
    ["(https://a.example/x_(y)).", ["https://a.example/x_(y)"]],
    ["ana+pci@a.example", ["ana+pci@a.example"]],
  ])("%s", (text, addresses) => {
    expect(found(text)).toEqual(addresses);
  });
});

describe("a hostile text", () => {
  const SIGNS = 60_000;

  // A plain search takes milliseconds; one that looks at each sign again for each other takes twenty seconds.
  test.each([
    ["https://a.example/", ")"],
    ["https://x/", ")]}"],
    ["https://a.example/", "*_"],
    ["https://a.example/", "(*"],
    ["", "a+"],
    ["", "+"],
    ["", "_"],
    ["", "_w"],
    ["", "a@"],
    ["", "a@b."],
    ["", "a.a-"],
    ["", "www."],
    ["", "https://"],
    ["", "(*https://a.example/x*) "],
  ])("%s and %j many times is looked through in a moment", async (begin, again) => {
    const text = begin + again.repeat(SIGNS / again.length);
    expect(await cpuTime(() => findAddresses(text))).toBeLessThan(3_000);
  });
});
