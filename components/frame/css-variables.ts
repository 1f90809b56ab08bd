import type { CSSVariablesResolver } from "@mantine/core";
import { DARK, GRAY, PETROL, TONES } from "@/components/frame/palette";

/**
 * Mantine's own pairs of text and tint miss WCAG AA in places (dimmed text, light badges, errors, placeholders),
 * so the variables behind them are set here for both schemes.
 */
function toneVariables(scheme: "light" | "dark"): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, tone] of Object.entries(TONES)) {
    const { text, tint, fill } = tone[scheme];
    const prefix = `--mantine-color-${name}`;
    variables[`${prefix}-text`] = text;
    variables[`${prefix}-light`] = tint;
    variables[`${prefix}-light-hover`] = `color-mix(in srgb, ${tint}, ${text} 9%)`;
    variables[`${prefix}-light-color`] = text;
    variables[`${prefix}-filled`] = fill;
    variables[`${prefix}-filled-hover`] = `color-mix(in srgb, ${fill}, black 12%)`;
    variables[`${prefix}-outline`] = text;
    variables[`${prefix}-outline-hover`] = tint;
  }
  return variables;
}

/** The colour variables of both schemes, over Mantine's defaults. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { "--cv-reading-width": "70ch" },
  light: {
    ...toneVariables("light"),
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": GRAY[9],
    "--mantine-color-dimmed": GRAY[7],
    "--mantine-color-placeholder": GRAY[6],
    "--mantine-color-error": TONES.red.light.text,
    "--mantine-color-anchor": PETROL[7],
    "--mantine-color-default-border": GRAY[3],
    "--cv-surface": "#ffffff",
    "--cv-canvas": GRAY[0],
    "--cv-line": GRAY[2],
    "--cv-hover": GRAY[1],
    "--cv-focus": PETROL[6],
  },
  dark: {
    ...toneVariables("dark"),
    "--mantine-color-body": DARK[7],
    "--mantine-color-text": DARK[0],
    "--mantine-color-dimmed": DARK[2],
    "--mantine-color-placeholder": "#97a4ad",
    "--mantine-color-error": TONES.red.dark.text,
    "--mantine-color-anchor": TONES.petrol.dark.text,
    "--mantine-color-default": "#1f2930",
    "--mantine-color-default-hover": DARK[6],
    "--mantine-color-default-border": DARK[4],
    "--cv-surface": "#1d262c",
    "--cv-canvas": DARK[7],
    "--cv-line": DARK[5],
    "--cv-hover": DARK[6],
    "--cv-focus": PETROL[3],
  },
});
