/** Thresholds that an organisation sets for all its worksheets. */
export interface RigourSettings {
  /** Characters that a section has at the least. */
  readonly sectionLength: number;
  /** From which likeness on, 0 to 1, two texts count as the same. */
  readonly likeness: number;
  /** Days for which evidence counts as fresh. */
  readonly evidenceAgeDays: number;
  /** Days for which a test counts. */
  readonly validationAgeDays: number;
  /** Months within which the next review has to fall. */
  readonly reviewMonths: number;
}

/** The thresholds of an organisation that has set none. Source: facts, section 6; the year is Appendix B's. */
export const DEFAULT_RIGOUR_SETTINGS: RigourSettings = {
  sectionLength: 80,
  likeness: 0.8,
  evidenceAgeDays: 365,
  validationAgeDays: 365,
  reviewMonths: 12,
};

/**
 * How far a threshold may be moved. Stricter is open; looser only where a threshold is ours. The yearly ones are the
 * standard's, so a year is their end.
 */
export const RIGOUR_BOUNDS: {
  readonly [K in keyof RigourSettings]: { readonly min: number; readonly max: number; readonly whole: boolean };
} = {
  sectionLength: { min: 40, max: 2000, whole: true },
  likeness: { min: 0.5, max: 0.9, whole: false },
  evidenceAgeDays: { min: 30, max: 365, whole: true },
  validationAgeDays: { min: 30, max: 365, whole: true },
  reviewMonths: { min: 1, max: 12, whole: true },
};

/** The names of the thresholds, in the order of a form. */
export const RIGOUR_SETTING_NAMES = Object.keys(RIGOUR_BOUNDS) as readonly (keyof RigourSettings)[];

/** How a threshold is called, what it is counted in, what it does, and where the built-in value comes from. */
export const RIGOUR_SETTING_WORDS: Readonly<
  Record<keyof RigourSettings, { readonly label: string; readonly unit: string; readonly what: string }>
> = {
  sectionLength: {
    label: "Shortest section",
    unit: "characters",
    what: "A section with less text counts as not filled, which stops a submission (L02). Ours; the standard names no number.",
  },
  likeness: {
    label: "Likeness that counts as the same",
    unit: "of 1",
    what: "From here on an objective repeats its requirement (L14), and a text is the one it was copied from (L23). Lower is stricter. Ours; the standard names no number.",
  },
  evidenceAgeDays: {
    label: "Oldest evidence",
    unit: "days",
    what: "Evidence that was collected earlier is no longer fresh, which stops a submission (L21). Appendix B asks for a look every year.",
  },
  validationAgeDays: {
    label: "Oldest test",
    unit: "days",
    what: "A test that was made earlier does not count any more, which stops a submission (L20). Appendix B asks for a look every year.",
  },
  reviewMonths: {
    label: "Next review within",
    unit: "months",
    what: "A worksheet says when it is looked at next; later than this wants a reason (L23). Appendix B asks for a look every year.",
  },
};

/**
 * The thresholds that hold for an organisation: what it set, where that is within bounds, and the built-in ones elsewhere,
 * so that a value that a later version finds too loose falls back by itself.
 */
export function effectiveSettings(set: Readonly<Record<string, unknown>> | null): RigourSettings {
  const values = RIGOUR_SETTING_NAMES.map((name) => {
    const value = set?.[name];
    const alone = { ...DEFAULT_RIGOUR_SETTINGS, [name]: typeof value === "number" ? value : Number.NaN };
    return [name, settingsOutOfBounds(alone).length === 0 ? alone[name] : DEFAULT_RIGOUR_SETTINGS[name]];
  });
  return Object.fromEntries(values) as Record<keyof RigourSettings, number>;
}

/** The thresholds that differ from others; by default from the built-in ones. */
export function changedSettings(
  settings: RigourSettings,
  from: RigourSettings = DEFAULT_RIGOUR_SETTINGS,
): Partial<RigourSettings> {
  const names = RIGOUR_SETTING_NAMES.filter((name) => settings[name] !== from[name]);
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}

/** The names of the thresholds that lie outside their bounds, in the order of the settings; empty when all is well. */
export function settingsOutOfBounds(settings: RigourSettings): readonly (keyof RigourSettings)[] {
  return (Object.keys(RIGOUR_BOUNDS) as (keyof RigourSettings)[]).filter((name) => {
    const { min, max, whole } = RIGOUR_BOUNDS[name];
    const value = settings[name];
    return !(value >= min && value <= max) || (whole && !Number.isInteger(value));
  });
}
