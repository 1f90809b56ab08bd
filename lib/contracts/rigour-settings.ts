import { z } from "zod";
import type { PersonRef } from "@/lib/contracts/section";
import { rowVersion } from "@/lib/contracts/text";
import {
  RIGOUR_BOUNDS,
  RIGOUR_SETTING_NAMES,
  RIGOUR_SETTING_WORDS,
  type RigourSettings,
} from "@/lib/domain/rigour/settings";

/** A threshold within its bounds. */
function value(name: keyof RigourSettings) {
  const { min, max, whole } = RIGOUR_BOUNDS[name];
  const words = `A ${whole ? "whole " : ""}number from ${min} to ${max} ${RIGOUR_SETTING_WORDS[name].unit}.`;
  return (whole ? z.int(words) : z.number(words)).min(min, words).max(max, words);
}

const values = Object.fromEntries(RIGOUR_SETTING_NAMES.map((name) => [name, value(name)])) as Record<
  keyof RigourSettings,
  z.ZodNumber
>;

/** Body of `PUT /organisation/rigour`: all thresholds, and the version that they were read at. */
export const changeThresholdsInput = z.strictObject({ version: rowVersion, ...values });
export type ChangeThresholdsInput = z.infer<typeof changeThresholdsInput>;

/** The thresholds in force in one's organisation: `GET /organisation/rigour`. Version 0: nothing was ever set. */
export interface ThresholdsDto extends RigourSettings {
  readonly version: number;
  readonly updatedBy: PersonRef | null;
  readonly updatedAt: string | null;
}
