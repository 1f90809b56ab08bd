import { z } from "zod";
import { revisionQuery } from "@/lib/contracts/review";
import { revisionContentSchema, revisionNumber, sha256Hex } from "@/lib/contracts/revision-content";
import { calendarDay, text, uuid } from "@/lib/contracts/text";
import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import type { OscalEngagement, OscalLeftOut, OscalRow, OscalWorksheet } from "@/lib/domain/oscal/book";
import { ENGAGEMENT_MODELS } from "@/lib/domain/oscal/vocabulary";
import { RECORD_KINDS } from "@/lib/domain/records/kinds";
import { CRITERION_OUTCOMES } from "@/lib/domain/workflow/criteria-gate";
import { DISPOSITIONS } from "@/lib/domain/workflow/dispositions";
import { WORKSHEET_MOVES, WORKSHEET_STATES } from "@/lib/domain/workflow/states";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";

/** Query of `GET /engagements/{id}/oscal`: as a plan of action and milestones unless said otherwise. */
export const oscalQuery = z.object({ model: z.enum(ENGAGEMENT_MODELS).default("poam") });
export type OscalQuery = z.infer<typeof oscalQuery>;

/** Query of `GET /worksheets/{id}/oscal`; without a revision the newest text that the person may see. */
export const worksheetOscalQuery = oscalQuery.extend(revisionQuery.shape);
export type WorksheetOscalQuery = z.infer<typeof worksheetOscalQuery>;

/** Parameters of `GET /catalogue/{version}/oscal`. */
export const catalogOscalParams = z.object({ version: z.enum(STANDARD_VERSIONS) });

const instant = z.iso.datetime();
const words = text(20_000);
const name = text(1000);

/** The engagement of a document that is read back. */
export const oscalEngagementSchema = z.strictObject({
  id: uuid,
  name,
  entityName: name,
  assessorName: name,
  standardVersion: z.enum(STANDARD_VERSIONS),
}) satisfies z.ZodType<OscalEngagement>;

/** What a document says that it does not hold. */
export const oscalLeftOutSchema = z
  .array(z.strictObject({ requirementNumber: text(20).min(1), kind: z.enum(RECORD_KINDS) }))
  .min(1) satisfies z.ZodType<readonly OscalLeftOut[]>;

/** A worksheet as it is read back from a document. */
export const oscalWorksheetSchema = z.strictObject({
  content: revisionContentSchema,
  digest: sha256Hex,
  frozen: z.boolean(),
  state: z.enum(WORKSHEET_STATES),
  validity: z
    .strictObject({
      status: z.enum(["valid", "broken", "needs_revalidation", "revoked", "superseded"]),
      reason: words,
    })
    .nullable(),
  signOffs: z.array(
    z.strictObject({
      kind: z.enum(["signed", "refused", "revoked"]),
      revision: revisionNumber,
      digest: sha256Hex,
      statementVersion: name,
      statementText: words,
      reason: words,
      signerName: name,
      signerRole: name,
      firmName: name,
      at: instant,
    }),
  ),
  transitions: z.array(
    z.strictObject({
      move: z.enum(WORKSHEET_MOVES),
      from: z.enum(WORKSHEET_STATES),
      to: z.enum(WORKSHEET_STATES),
      revision: revisionNumber,
      by: name,
      at: instant,
      reason: words,
    }),
  ),
  decisions: z.array(
    z.strictObject({
      criterion: z.enum(CRITERION_IDS),
      outcome: z.enum(CRITERION_OUTCOMES),
      note: words,
      by: name,
      at: instant,
    }),
  ),
}) satisfies z.ZodType<OscalWorksheet>;

/** A row of the workbook as it is read back from a document. */
export const oscalRowSchema = z.strictObject({
  requirementNumber: text(20).min(1),
  requirementTitle: name,
  disposition: z.enum(DISPOSITIONS),
  note: words,
  owner: name,
  dueOn: calendarDay.nullable(),
}) satisfies z.ZodType<OscalRow>;
