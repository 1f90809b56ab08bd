import type { ServiceContext } from "@/lib/auth/context";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { type RecordedEvent, recordInOrganisation } from "@/lib/auth/record";
import { Failure } from "@/lib/contracts/failure";
import type { PersonRef } from "@/lib/contracts/section";
import { type OwnValues, type OwnValuesTable, saveOwnValues } from "@/lib/data/own-values";
import { namesOf, personRef } from "@/lib/data/people";
import type { OrganisationTx } from "@/lib/db/kinds";

/** Values that an organisation sets for itself: where they are kept, and how a change of them is told. */
export interface OwnValuesKind<T extends object> {
  readonly table: OwnValuesTable;
  /** The table as the trail names it. */
  readonly auditedTable: string;
  readonly action: RecordedEvent["action"];
  /** Said to whoever comes second. */
  readonly overtaken: string;
  readonly read: (tx: OrganisationTx, organisationId: string) => Promise<OwnValues<T>>;
  /** Those of the values that differ from others, from the built-in ones where none are given. */
  readonly differing: (values: T, from?: T) => Partial<T>;
}

/** Values in force, as their readers get them. */
export type OwnValuesDto<T> = T & {
  /** 0 before anything was set. */
  readonly version: number;
  readonly updatedBy: PersonRef | null;
  readonly updatedAt: string | null;
};

/** The values in force in one's own organisation; everybody in it may read them. */
export function readOwn<T extends object>(context: ServiceContext, kind: OwnValuesKind<T>): Promise<OwnValuesDto<T>> {
  return readOrganisation(context, "organisation.read", (tx) => dtoOf(tx, kind));
}

/**
 * Changes the values of one's own organisation. What is as built in is not stored, so that it follows when the product
 * learns better.
 * @param version the one that the values were read at
 * @throws Failure forbidden, step_up_required, stale with what is stored
 */
export function changeOwn<T extends object>(
  context: ServiceContext,
  kind: OwnValuesKind<T>,
  version: number,
  values: T,
): Promise<OwnValuesDto<T>> {
  return changeOrganisation(context, "organisation.settings", async (tx) => {
    const { values: before } = await kind.read(tx, tx.organisationId);
    if (!(await saveOwnValues(tx, kind.table, version, kind.differing(values)))) {
      throw new Failure("stale", kind.overtaken, { current: await dtoOf(tx, kind) });
    }
    recordInOrganisation(context, tx, {
      action: kind.action,
      detail: { version: version + 1, ...kind.differing(values, before), before: kind.differing(before, values) },
      changes: [{ table: kind.auditedTable, id: tx.organisationId }],
    });
    return dtoOf(tx, kind);
  });
}

async function dtoOf<T extends object>(tx: OrganisationTx, kind: OwnValuesKind<T>): Promise<OwnValuesDto<T>> {
  const { values, version, updatedById, updatedAt } = await kind.read(tx, tx.organisationId);
  const updatedBy = updatedById === null ? null : personRef(await namesOf(tx, [updatedById]), updatedById);
  return { ...values, version, updatedBy, updatedAt: updatedAt?.toISOString() ?? null };
}
