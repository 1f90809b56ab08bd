import type { ServiceContext } from "@/lib/auth/context";
import { type Grant, readScope } from "@/lib/auth/scope";
import { notFound } from "@/lib/contracts/failure";
import type { StartInput } from "@/lib/contracts/start";
import { findEngagement } from "@/lib/data/engagements";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import type { RevisionContent } from "@/lib/domain/worksheet/model";
import { requireCcwMaterial, type WorksheetMaterial } from "@/lib/services/worksheet/material";
import {
  isCcwText,
  openRevisions,
  revisionContent,
  type ShownCcw,
  type ShownContent,
  shownContent,
} from "@/lib/services/worksheet/shown-content";

/** An engagement as a draft elsewhere is held against it. */
export interface SourcePlace {
  readonly engagementId: string;
  readonly engagementName: string;
  readonly organisationId: string;
  readonly periodStart: Date;
}

/** A worksheet that a draft is to begin as, as far as the person may read it. */
export interface SourceText extends SourcePlace {
  readonly worksheetId: string;
  /** Everybody who ever wrote in it. */
  readonly authorIds: readonly string[];
  /** What the person is shown of it now. */
  readonly shown: ShownCcw | null;
  /** The newest revision whose signature stands. */
  readonly signed: ShownCcw | null;
}

/** Which text of a worksheet is taken: a signed one from another engagement, what is written now from the own. */
export function textFor(source: SourceText, engagementId: string): ShownCcw | null {
  return source.engagementId === engagementId ? source.shown : (source.signed ?? source.shown);
}

/** The number of the revision that a text is, null for a draft. */
export function revisionOf({ content, frozen }: ShownContent): number | null {
  return frozen ? content.revision : null;
}

/** Where the transaction's engagement stands. */
export async function placeOf(tx: ScopedTx, { engagement }: Grant): Promise<SourcePlace> {
  const { periodStart } = await findEngagement(tx);
  const { id: engagementId, name: engagementName, organisationId } = engagement;
  return { engagementId, engagementName, organisationId, periodStart };
}

/** The texts of a worksheet that a view may open. @throws Failure text_damaged */
export async function textsOf(
  tx: ScopedTx,
  view: View,
  material: WorksheetMaterial,
): Promise<Pick<SourceText, "shown" | "signed">> {
  const signed = openRevisions("signed", material).at(-1);
  return {
    shown: ccwOf(await shownContent(tx, view, material)),
    signed: signed ? ccwOf(await revisionContent(tx, material, signed.number)) : null,
  };
}

/** A record is no text that a worksheet begins as. */
function ccwOf(shown: ShownContent | null): ShownCcw | null {
  return shown && isCcwText(shown) ? shown : null;
}

/**
 * Reads the worksheet that a draft is to begin as, by the right that the person has on that worksheet itself: it may lie in
 * another engagement. Null for a sample. @throws Failure not_found, forbidden, text_damaged
 */
export async function readSource(context: ServiceContext, start: StartInput | undefined): Promise<SourceText | null> {
  if (start?.kind !== "worksheet") return null;
  const { worksheetId } = start;
  return readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    // The assessor's people read what is another company's: nothing of it begins anything.
    if (grant.engagement.organisationId !== grant.facts.actor.organisationId) throw notFound();
    const material = await requireCcwMaterial(tx, worksheetId);
    const { authorIds } = material.worksheet.facts;
    const texts = await textsOf(tx, grant.permission.view, material);
    return { ...(await placeOf(tx, grant)), worksheetId, authorIds, ...texts };
  });
}

/** Whether a draft in one engagement may begin as a worksheet of another: of the same company, and not of a later year. */
export function isWithinReach(source: SourcePlace, target: SourcePlace): boolean {
  if (source.organisationId !== target.organisationId) return false;
  return source.engagementId === target.engagementId || source.periodStart <= target.periodStart;
}

/** The answers to the criteria in a revision's content; none in one from before they were asked. */
export function answersIn({ criteria = [] }: RevisionContent) {
  return criteria.map(({ id, answer }) => ({ id, answer }));
}
