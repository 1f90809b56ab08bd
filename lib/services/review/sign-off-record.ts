import { amongAccounts } from "@/lib/auth/open";
import { catalogueDigest } from "@/lib/data/catalogue-load";
import { readServiceId } from "@/lib/data/checkpoints";
import { toDay } from "@/lib/data/days";
import type { FrozenRevision } from "@/lib/data/revisions";
import { findSessionOf } from "@/lib/data/sessions";
import { listThreads, type ThreadRow } from "@/lib/data/threads";
import type { ScopedTx } from "@/lib/db/kinds";
import type { Party } from "@/lib/domain/access/parties";
import { toHex } from "@/lib/domain/proof/bytes";
import { type StatedThread, validUntilOf, type Witness } from "@/lib/domain/sign-off/record";
import {
  type SignOffStatement,
  type StatedEvidence,
  writeCriteria,
  writeEvidence,
  writeSignOff,
} from "@/lib/domain/sign-off/signed-statement";
import { type SignOffKind, statementText, statementVersionOf } from "@/lib/domain/sign-off/statement";
import { statedCriteria } from "@/lib/services/criteria/decided-criteria";
import { signerRole } from "@/lib/services/review/decisions";
import { type StatedText, statedText } from "@/lib/services/review/stated-text";
import { firmOfParty, statementSubject } from "@/lib/services/review/statement-subject";
import type { WorksheetMaterial } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";
import { sha256 } from "@/lib/signing/node-crypto";

/** What a decision is made of beside what is stored. */
export interface Decision {
  readonly id: string;
  readonly kind: SignOffKind;
  readonly reason: string;
  /** The side that whoever makes it takes part on. */
  readonly party: Party;
  readonly witness: Witness;
  readonly at: Date;
}

/** A statement in full: what it says, the exact bytes that are signed, and those of the discussion it speaks of. */
export interface LaidOut {
  readonly record: SignOffStatement;
  /** Canonical JSON (RFC 8785). */
  readonly text: string;
  readonly sha256: string;
  readonly comments: string;
  readonly commentIds: readonly string[];
}

/**
 * Lays out the statement of a decision over a revision from what is stored: whoever does it again, before anything has
 * changed, gets the same bytes. @throws Failure text_damaged for what judges a text that was changed in the database
 */
export async function layOut(
  tx: ScopedTx,
  material: WorksheetMaterial,
  revision: FrozenRevision,
  decision: Decision,
): Promise<LaidOut> {
  const { kind, reason, at, party } = decision;
  const content = statedText(tx, material, revision, kind);
  const threads = await sharedThreads(tx, material.worksheet.id);
  const comments = seal({ threads });
  const evidence = evidenceOf(content, material);
  const session = await amongAccounts(tx, (accounts) => findSessionOf(accounts, tx.actor.sessionId));
  const asksCriteria = content.kind === undefined && (kind === "signed" || kind === "refused");
  const decided = asksCriteria ? await statedCriteria(tx, material, revision) : [];
  const firm = firmOfParty(tx, party);
  const record: SignOffStatement = {
    service: await readServiceId(tx),
    id: decision.id,
    kind,
    wording: {
      version: statementVersionOf(content.kind ?? "ccw"),
      text: statementText(kind, statementSubject(tx, content, revision, firm)),
    },
    worksheet: {
      id: material.worksheet.id,
      engagementId: tx.engagement.id,
      requirement: content.header.requirementNumber,
      standardVersion: content.header.standardVersion,
      revision: revision.number,
      sha256: revision.digest,
      ...(content.kind ? { kind: content.kind } : {}),
    },
    evidence,
    evidenceSha256: toHex(sha256(writeEvidence(evidence))),
    commentsSha256: comments.digest,
    catalogue: {
      version: content.catalogueVersion,
      sha256: (await catalogueDigest(tx, content.catalogueVersion)) ?? "",
    },
    signer: { id: tx.actor.userId, name: tx.actor.name, role: signerRole(party), firm },
    authentication: { methods: [...(session?.methods ?? [])].sort(), stepUpAt: null, kind: decision.witness },
    reason: reason || null,
    supersedes: material.lastStatement,
    validUntil: validUntilOf(kind, toDay(at), content.reviewDue),
    at: at.toISOString(),
    ...(decided.length > 0 ? { criteria: decided, criteriaSha256: toHex(sha256(writeCriteria(decided))) } : {}),
  };
  const bytes = writeSignOff(record);
  return {
    record,
    text: Buffer.from(bytes).toString("utf8"),
    sha256: toHex(sha256(bytes)),
    comments: comments.text,
    commentIds: threads.flatMap(idsIn),
  };
}

/** The evidence as the revision froze it, with what the virus scanner says of its files today. */
function evidenceOf({ evidence }: StatedText, material: WorksheetMaterial): StatedEvidence[] {
  const scans = new Map(material.evidence.flatMap(({ files }) => files.map(({ blob }) => [blob.sha256, blob.scan])));
  return evidence.map(({ id, title, url, collectedOn, validUntil, files = [] }) => ({
    id,
    title,
    kind: files.length > 0 ? "file" : "link",
    ...(url === "" ? {} : { url }),
    files: files.map(({ name, size, type, sha256 }) => ({ name, size, type, sha256, scan: scans.get(sha256) ?? null })),
    collectedOn,
    validUntil,
  }));
}

/** What both companies wrote about the worksheet; notes of one company alone are nobody else's. */
async function sharedThreads(tx: ScopedTx, worksheetId: string): Promise<StatedThread[]> {
  const threads = await listThreads(tx, [worksheetId]);
  return threads.filter(({ visibility }) => visibility === "shared").map(statedThread);
}

function idsIn({ comments }: StatedThread): string[] {
  return comments.map(({ id }) => id);
}

function statedThread(thread: ThreadRow): StatedThread {
  const { id, revisionNumber, section, itemId, openedById, openedAt, resolvedAt, comments } = thread;
  return {
    id,
    revision: revisionNumber,
    section,
    itemId,
    openedById,
    openedAt: openedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    comments: comments.map((one) => ({
      id: one.id,
      authorId: one.authorId,
      at: one.at.toISOString(),
      body: one.body,
    })),
  };
}
