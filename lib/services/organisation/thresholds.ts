import type { ServiceContext } from "@/lib/auth/context";
import type { ChangeThresholdsInput, ThresholdsDto } from "@/lib/contracts/rigour-settings";
import { settingsOf } from "@/lib/data/rigour-settings";
import { changedSettings, type RigourSettings } from "@/lib/domain/rigour/settings";
import { changeOwn, type OwnValuesKind, readOwn } from "@/lib/services/organisation/own-values";

const THRESHOLDS: OwnValuesKind<RigourSettings> = {
  table: "organisationRigour",
  auditedTable: "organisation_rigour",
  action: "thresholds.changed",
  overtaken: "Somebody else changed the thresholds.",
  read: settingsOf,
  differing: changedSettings,
};

/** The thresholds of the checks in one's own organisation; everybody in it may read them. */
export function readThresholds(context: ServiceContext): Promise<ThresholdsDto> {
  return readOwn(context, THRESHOLDS);
}

/**
 * Changes the thresholds by which the worksheets of one's own organisation are checked, from the next look at each draft
 * and the next submission on. What was frozen keeps those that it was judged by.
 * @throws Failure forbidden, step_up_required, stale with what is stored
 */
export function changeThresholds(context: ServiceContext, input: ChangeThresholdsInput): Promise<ThresholdsDto> {
  const { version, ...values } = input;
  return changeOwn(context, THRESHOLDS, version, values);
}
