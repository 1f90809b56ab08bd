import { describe, expect, it } from "vitest";
import { readsBackwards } from "./reads-backwards";

/** What pdftotext gives for parts that stand on a page from left to right: it turns each that is Hebrew. */
const extracted = (...parts: readonly string[]) => parts.map((part) => `\u202b${part}\u202c`).join(" ");
const [one, two] = ["שלום", "עולם"];
const text = `Q1q ${one} ${two} z1Z`;

describe("Hebrew on a page", () => {
  it("is in order when the first word stands to the right of the second, or on the line before", () => {
    expect(readsBackwards(text, `Q1q ${extracted(two, one)} z1Z`)).toBe(true);
    expect(readsBackwards(text, `Q1q ${extracted(one)}\n${extracted(two)} z1Z`)).toBe(true);
  });

  it("is not in order when words or letters stand the other way round", () => {
    expect(readsBackwards(text, `Q1q ${extracted(one, two)} z1Z`)).toBe(false);
    const mirrored = [...one].reverse().join("");
    expect(readsBackwards(text, `Q1q ${extracted(two, mirrored)} z1Z`)).toBe(false);
    expect(readsBackwards(text, `Q1q ${extracted(two, "שלם ו")} z1Z`)).toBe(false);
  });

  it("may have its marks beside the letters, as fonts draw them", () => {
    expect(readsBackwards("Q1q שָׁלוֹם z1Z", "Q1q \u202bֹם\u202c\u202bו\u202c\u202bל\u202c ׁ\nָ\n\u202bש\u202c z1Z")).toBe(
      true,
    );
  });
});
