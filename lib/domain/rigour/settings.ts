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

/** The names of the thresholds that lie outside their bounds, in the order of the settings; empty when all is well. */
export function settingsOutOfBounds(settings: RigourSettings): readonly (keyof RigourSettings)[] {
  return (Object.keys(RIGOUR_BOUNDS) as (keyof RigourSettings)[]).filter((name) => {
    const { min, max, whole } = RIGOUR_BOUNDS[name];
    const value = settings[name];
    return !(value >= min && value <= max) || (whole && !Number.isInteger(value));
  });
}
