import { describe, expect, it } from "vitest";
import { contrast } from "@/components/frame/contrast";
import { cssVariablesResolver } from "@/components/frame/css-variables";
import { DARK, GRAY, PETROL, TONES } from "@/components/frame/palette";

const AA = 4.5;
const variables = cssVariablesResolver({} as never);
const grounds = { light: ["#ffffff", GRAY[0], GRAY[1]], dark: [DARK[7], "#1d262c", DARK[6]] } as const;

describe.each(["light", "dark"] as const)("the %s scheme", (scheme) => {
  it.each(["text", "dimmed", "placeholder", "error", "anchor"])("shows %s clearly on every ground", (name) => {
    const colour = variables[scheme][`--mantine-color-${name}`] ?? "";
    for (const ground of grounds[scheme]) {
      expect(contrast(colour, ground), `${colour} on ${ground}`).toBeGreaterThanOrEqual(AA);
    }
  });

  it.each(Object.entries(TONES))("keeps %s legible as text, tint and fill", (_name, tone) => {
    const { text, tint, fill } = tone[scheme];
    expect(contrast(text, tint), "text on tint").toBeGreaterThanOrEqual(AA);
    expect(contrast("#ffffff", fill), "white on fill").toBeGreaterThanOrEqual(AA);
    for (const ground of grounds[scheme])
      expect(contrast(text, ground), `text on ${ground}`).toBeGreaterThanOrEqual(AA);
  });

  it("has a focus ring that stands out", () => {
    const ring = scheme === "light" ? PETROL[6] : PETROL[3];
    for (const ground of grounds[scheme]) expect(contrast(ring, ground)).toBeGreaterThanOrEqual(3);
  });
});
