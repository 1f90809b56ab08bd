import type { ServiceContext } from "@/lib/auth/context";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { Failure } from "@/lib/contracts/failure";
import type { ChangeThresholdsInput, ThresholdsDto } from "@/lib/contracts/rigour-settings";
import { namesOf, personRef } from "@/lib/data/people";
import { readSettings, saveSettings } from "@/lib/data/rigour-settings";
import type { OrganisationTx } from "@/lib/db/kinds";
import { changedSettings } from "@/lib/domain/rigour/settings";

/** The thresholds of the checks in one's own organisation; everybody in it may read them. */
export function readThresholds(context: ServiceContext): Promise<ThresholdsDto> {
  return readOrganisation(context, "organisation.read", thresholdsDto);
}

/**
 * Changes the thresholds by which the worksheets of one's own organisation are checked, from the next look at each draft
 * and the next submission on. What was frozen keeps those that it was judged by.
 * @throws Failure forbidden, step_up_required, stale with what is stored
 */
export function changeThresholds(context: ServiceContext, input: ChangeThresholdsInput): Promise<ThresholdsDto> {
  const { version, ...values } = input;
  return changeOrganisation(context, "organisation.settings", async (tx) => {
    const before = await readSettings(tx);
    // What is as built in is not stored, so that it follows when the product learns better.
    if (!(await saveSettings(tx, version, changedSettings(values)))) {
      throw new Failure("stale", "Somebody else changed the thresholds.", { current: await thresholdsDto(tx) });
    }
    const changed = changedSettings(values, before.values);
    recordInOrganisation(context, tx, {
      action: "thresholds.changed",
      detail: { version: version + 1, ...changed, before: changedSettings(before.values, values) },
      changes: [{ table: "organisation_rigour", id: tx.organisationId }],
    });
    return thresholdsDto(tx);
  });
}

async function thresholdsDto(tx: OrganisationTx): Promise<ThresholdsDto> {
  const { values, version, updatedById, updatedAt } = await readSettings(tx);
  const updatedBy = updatedById === null ? null : personRef(await namesOf(tx, [updatedById]), updatedById);
  return { ...values, version, updatedBy, updatedAt: updatedAt?.toISOString() ?? null };
}
