import { z } from "zod";
import { SHEET_KINDS } from "@/lib/contracts/sheets";
import { uuid } from "@/lib/contracts/text";

/** Addresses below one engagement. */
export const engagementParams = z.object({ engagementId: uuid });
/** Addresses of one table of an engagement. */
export const sheetParams = z.object({ engagementId: uuid, sheet: z.enum(SHEET_KINDS) });
/** Addresses below one row of a workbook. */
export const dispositionParams = z.object({ dispositionId: uuid });
/** Addresses below one worksheet. */
export const worksheetParams = z.object({ worksheetId: uuid });
/** Addresses below one link of evidence. */
export const evidenceParams = z.object({ evidenceId: uuid });
/** Addresses below one file of a piece of evidence. */
export const evidenceFileParams = z.object({ evidenceId: uuid, fileId: uuid });
/** Addresses of one content among a worksheet's files. */
export const worksheetFileParams = z.object({ worksheetId: uuid, sha256: z.string().regex(/^[0-9a-f]{64}$/) });
/** Addresses below one shared control. */
export const controlParams = z.object({ controlId: uuid });
/** Addresses below one control of a worksheet. */
export const worksheetControlParams = z.object({ worksheetId: uuid, itemId: uuid });
/** Addresses below one thread. */
export const threadParams = z.object({ threadId: uuid });
/** Addresses below one person of one's organisation. */
export const personParams = z.object({ personId: uuid });
/** Addresses below one invitation. */
export const invitationParams = z.object({ invitationId: uuid });
/** Addresses below one API token. */
export const tokenParams = z.object({ tokenId: uuid });
/** Addresses below one service account. */
export const serviceParams = z.object({ serviceId: uuid });
/** Addresses below one token of a service account. */
export const serviceTokenParams = z.object({ serviceId: uuid, tokenId: uuid });
/** Addresses below one webhook. */
export const webhookParams = z.object({ webhookId: uuid });
/** Addresses below one export. */
export const exportParams = z.object({ exportId: uuid });
