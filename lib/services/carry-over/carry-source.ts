import { randomUUID } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { readScope } from "@/lib/auth/scope";
import { Failure, notFound } from "@/lib/contracts/failure";
import { withNewIds } from "@/lib/domain/worksheet/begin";
import type { LeftEvidence } from "@/lib/domain/worksheet/origin";
import type { VersionedWorksheet } from "@/lib/domain/worksheet/versioned-worksheet";
import { requireCcwMaterial } from "@/lib/services/worksheet/material";
import { isCcwText, shownContent } from "@/lib/services/worksheet/shown-content";

/** A worksheet of 3.2.1 as the person may read it, to be carried over. */
export interface CarrySource {
  readonly worksheet: VersionedWorksheet;
  readonly organisationId: string;
  /** Everybody who ever wrote in it. */
  readonly authorIds: readonly string[];
  readonly engagementId: string;
  readonly engagementName: string;
  /** What it showed, which stays behind. */
  readonly evidence: readonly LeftEvidence[];
  /** Null for the draft. */
  readonly revision: number | null;
}

/**
 * Reads what somebody may carry over of a worksheet: what they see of it, be it the draft or only what was signed.
 * @throws Failure not_found, forbidden, invalid for a worksheet of another version
 */
export function readCarrySource(context: ServiceContext, worksheetId: string): Promise<CarrySource> {
  return readScope(context, "worksheet.read", { worksheetId }, async (tx, grant) => {
    const material = await requireCcwMaterial(tx, worksheetId);
    const shown = await shownContent(tx, grant.permission.view, material);
    if (!shown || !isCcwText(shown)) throw notFound();
    const { header, sections, criteria, revision, evidence } = shown.content;
    if (header.standardVersion !== "3.2.1") {
      const message = "Only a worksheet of PCI DSS 3.2.1 is carried over. One of the same version is taken as a start.";
      throw new Failure("invalid", message, { errors: [{ path: "worksheetId", message }] });
    }
    return {
      worksheet: {
        standardVersion: header.standardVersion,
        requirementNumber: header.requirementNumber,
        // Items of their own, so that what points at one points at one.
        sections: withNewIds(sections, randomUUID),
        answers: (criteria ?? []).map(({ id, answer }) => ({ id, answer })),
      },
      organisationId: tx.engagement.organisationId,
      authorIds: material.worksheet.facts.authorIds,
      engagementId: tx.engagement.id,
      engagementName: header.engagementName,
      evidence: evidence.map(({ section, title }) => ({ section, title })),
      revision: shown.frozen ? revision : null,
    };
  });
}
