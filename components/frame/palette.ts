import type { MantineColorsTuple } from "@mantine/core";

/** The accent: a deep petrol, dark enough for white text from its sixth shade on. */
export const PETROL: MantineColorsTuple = [
  "#e9f5f7",
  "#d3eaee",
  "#a9d5dd",
  "#7cbfcb",
  "#52a8b7",
  "#2f91a2",
  "#197a8c",
  "#0d6475",
  "#084f5d",
  "#053b46",
];

/** Neutral greys of the light scheme, a little cool. */
export const GRAY: MantineColorsTuple = [
  "#f6f8f9",
  "#edf1f3",
  "#e1e7ea",
  "#d0d8dc",
  "#b3bfc6",
  "#8b99a2",
  "#5f6e78",
  "#515f69",
  "#3a464e",
  "#222c33",
];

/** Neutral greys of the dark scheme; the seventh shade is the page. */
export const DARK: MantineColorsTuple = [
  "#dde3e7",
  "#c2ccd2",
  "#a2afb8",
  "#77868f",
  "#46535c",
  "#35414a",
  "#27323a",
  "#182026",
  "#12191e",
  "#0c1115",
];

/** How a tone looks in one scheme: text on its tint, the tint, and a fill under white text. */
export interface ToneColours {
  readonly text: string;
  readonly tint: string;
  readonly fill: string;
}

/** The tones of statuses. Every pair of text and tint, and white on fill, has a contrast of at least 4.5 (theme.test.ts). */
export const TONES = {
  petrol: {
    light: { text: "#0b5868", tint: "#e1f1f4", fill: "#0d6475" },
    dark: { text: "#86cbd7", tint: "#12343c", fill: "#14707f" },
  },
  gray: {
    light: { text: "#46535c", tint: "#edf1f3", fill: "#515f69" },
    dark: { text: "#c2ccd2", tint: "#2b363e", fill: "#586670" },
  },
  blue: {
    light: { text: "#1a559b", tint: "#e6f0fb", fill: "#1f66b5" },
    dark: { text: "#a3ccf7", tint: "#1a3350", fill: "#2a6cb8" },
  },
  violet: {
    light: { text: "#5b3aa8", tint: "#f0ebfb", fill: "#6741c0" },
    dark: { text: "#cdbcf7", tint: "#322750", fill: "#6f4bc4" },
  },
  green: {
    light: { text: "#1c6632", tint: "#e4f5e8", fill: "#24763b" },
    dark: { text: "#93dba6", tint: "#173c23", fill: "#277a3f" },
  },
  yellow: {
    light: { text: "#6f5300", tint: "#fcf3d2", fill: "#846300" },
    dark: { text: "#f0d277", tint: "#3d3210", fill: "#846300" },
  },
  orange: {
    light: { text: "#8f4400", tint: "#fdeedd", fill: "#a85208" },
    dark: { text: "#fcbd84", tint: "#452a10", fill: "#a85208" },
  },
  red: {
    light: { text: "#a32525", tint: "#fdeaea", fill: "#c03030" },
    dark: { text: "#fdb0b0", tint: "#4a1f21", fill: "#c03535" },
  },
} as const satisfies Readonly<Record<string, { readonly light: ToneColours; readonly dark: ToneColours }>>;

/** The name of a tone; also a Mantine colour name. */
export type Tone = keyof typeof TONES;
