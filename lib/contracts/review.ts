import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { passkeyShown } from "@/lib/contracts/factors";
import type { PersonRef } from "@/lib/contracts/section";
import { requiredText, text, uuid } from "@/lib/contracts/text";
import type { Witness } from "@/lib/domain/sign-off/record";
import { PLAIN_MOVES } from "@/lib/domain/workflow/plain-moves";
import type { WorksheetMove, WorksheetState } from "@/lib/domain/workflow/states";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";
import type { RevisionContent } from "@/lib/domain/worksheet/model";
import { PART_KEYS, type PartKey } from "@/lib/domain/worksheet/sections";

/**
 * Body of `POST /worksheets/{id}/moves`. Whether a reason is needed is the transition table's to say. With `digest` the
 * move is made only while that is what stands: nobody approves or sends back what they have not read.
 */
export const moveInput = z.strictObject({
  move: z.enum(PLAIN_MOVES),
  reason: text(4000).default(""),
  digest: text(64).optional(),
});
export type MoveInput = z.infer<typeof moveInput>;

/** A statement that was laid out before: it is made again from what is stored, and has to have the same digest. */
const laidOut = z.strictObject({ id: uuid, at: z.iso.datetime({ precision: 3 }), sha256: text(64) });
/** What a decision may bring along: the statement that was shown, and a passkey's signature over it. */
const signature = { statement: laidOut.optional(), passkey: passkeyShown.optional() };

/** Body of `POST /worksheets/{id}/sign-off`: sign or refuse what has this digest, revoke one's own signature, or reopen. */
export const signOffInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sign"), digest: text(64), statementVersion: text(100), ...signature }),
  z.strictObject({ kind: z.literal("refuse"), digest: text(64), reason: requiredText(4000), ...signature }),
  z.strictObject({ kind: z.literal("revoke"), reason: requiredText(4000), ...signature }),
  z.strictObject({ kind: z.literal("reopen"), reason: text(4000).default(""), ...signature }),
]);
export type SignOffInput = z.infer<typeof signOffInput>;

/** Body of `POST /worksheets/{id}/sign-off/statement`: lays out what would be signed, by a passkey or by the system alone. */
export const layOutInput = z.strictObject({
  kind: z.enum(["sign", "refuse", "revoke", "reopen"]),
  reason: text(4000).default(""),
  passkey: z.boolean(),
});
export type LayOutInput = z.infer<typeof layOutInput>;

/** A statement as it would be signed. */
export interface LaidOutDto {
  readonly id: string;
  /** ISO instant; it can be signed for five minutes. */
  readonly at: string;
  /** Digest of the statement's bytes, which stands for it everywhere. */
  readonly sha256: string;
  /** The exact bytes: canonical JSON. */
  readonly payload: string;
  /** The comments that it speaks of, by their ids: its signer has to have read these and no others. */
  readonly commentIds: readonly string[];
  /** What the browser needs to sign it with a passkey; null when the system signs alone. */
  readonly request: PublicKeyCredentialRequestOptionsJSON | null;
}

/** Body of `POST /worksheets/{id}/threads`. */
export const openThreadInput = z.strictObject({
  section: z.enum(PART_KEYS).nullable(),
  // A criterion is called by its name; every other item has an identifier.
  itemId: z.union([uuid, z.enum(CRITERION_IDS)]).nullable(),
  visibility: z.enum(["shared", "private"]),
  body: requiredText(10_000),
});
export type OpenThreadInput = z.infer<typeof openThreadInput>;

/** Body of `POST /threads/{id}/comments`. */
export const addCommentInput = z.strictObject({ body: requiredText(10_000) });

/** Body of `PUT /threads/{id}/state`. */
export const threadStateInput = z.strictObject({ resolved: z.boolean() });

/** A frozen revision, as a line of history. */
export interface RevisionSummaryDto {
  readonly number: number;
  readonly digest: string;
  readonly submittedAt: string;
  readonly submittedBy: PersonRef;
  /** Set when the decider has decided on it or asked for changes. */
  readonly reviewedAt: string | null;
}

/** A frozen revision with its content: `GET /worksheets/{id}/revisions/{number}`. */
export interface RevisionDto extends RevisionSummaryDto {
  readonly content: RevisionContent;
}

/** A discussion. */
export interface ThreadDto {
  readonly id: string;
  readonly revision: number;
  readonly section: PartKey | null;
  readonly itemId: string | null;
  readonly visibility: "shared" | "private";
  readonly openedBy: PersonRef;
  readonly openedAt: string;
  readonly resolvedBy: PersonRef | null;
  readonly resolvedAt: string | null;
  readonly comments: readonly CommentDto[];
  readonly mayResolve: boolean;
  readonly mayComment: boolean;
}

/** One comment. `side` tells whose it is. */
export interface CommentDto {
  readonly id: string;
  readonly author: PersonRef;
  readonly side: "entity" | "assessor";
  readonly at: string;
  readonly body: string;
}

/** A move that was made. */
export interface TransitionDto {
  readonly move: WorksheetMove;
  readonly from: WorksheetState;
  readonly to: WorksheetState;
  readonly revision: number;
  readonly by: PersonRef;
  readonly at: string;
  readonly reason: string;
}

/** A sign-off statement. */
export interface SignOffDto {
  readonly id: string;
  readonly kind: "signed" | "refused" | "revoked";
  readonly revision: number;
  readonly digest: string;
  readonly statementVersion: string;
  readonly statementText: string;
  readonly reason: string;
  readonly signer: PersonRef;
  readonly signerRole: string;
  readonly firmName: string;
  readonly at: string;
  /** Digest of the signed statement; null for decisions of versions that signed none. */
  readonly statementSha256: string | null;
  /** passkey: its person signed the statement beside the system; server_witnessed: the system alone. */
  readonly witness: Witness | null;
  /** Decided on another service, from which the engagement came: its keys vouch for it, and packs of this one leave it out. */
  readonly elsewhere: boolean;
}

/** Whether the latest signature still holds, and why not. */
export interface ValidityDto {
  readonly status: "valid" | "broken" | "needs_revalidation" | "revoked" | "superseded";
  readonly reason: string;
  /** Whether that signature was made on another service. */
  readonly elsewhere: boolean;
}

/** The number of a revision in an address or query. */
export const revisionNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, "Not the number of a revision.")
  .transform(Number);

/** Query of `GET /worksheets/{id}/diff`. Absent `from`: the revision reviewed last; absent `to`: the newest. */
export const diffQuery = z.object({
  from: revisionNumber.optional(),
  to: z.union([z.literal("draft"), revisionNumber]).optional(),
});
export type DiffQuery = z.infer<typeof diffQuery>;

/**
 * Query of the PDF exports: the size of paper, what the PDF declares to be, and what is printed. PDF/A-3a carries the
 * worksheet's JSON along.
 */
export const pdfQuery = z.object({
  paper: z.enum(["A4", "Letter"]).default("A4"),
  conformance: z.enum(["PDF/UA-1", "PDF/A-3a"]).default("PDF/UA-1"),
  layout: z.enum(["worksheet", "certificate", "evidence", "rigour"]).default("worksheet"),
  /** Whether a browser shows it, in a preview or a tab of its own, and offers no download of it by itself. */
  shown: z.enum(["yes", "no"]).default("no"),
});

/** Query of the exports of a worksheet: which revision; without it the newest text that the person may see. */
export const revisionQuery = z.object({ revision: revisionNumber.optional() });

/** A worksheet for the clipboard, as HTML for word processors and as plain text: `GET /worksheets/{id}/roc`. */
export interface RocCopyDto {
  readonly html: string;
  readonly text: string;
  /** The revision that it shows, or the number that the shown draft will get. */
  readonly revision: number;
  /** Whether the signature on that revision stands. */
  readonly signed: boolean;
}

/** What would be signed: `GET /worksheets/{id}/sign-off/statement`. */
export interface StatementDto {
  readonly statementVersion: string;
  readonly statementText: string;
  /** SHA-256, hex, of the revision. */
  readonly digest: string;
  readonly revision: number;
}
