import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { addYears } from "@/lib/domain/dates";
import type { SignOffKind } from "./statement";

/** The type under which a sign-off is signed. */
export const SIGN_OFF_TYPE = "application/vnd.countervail.sign-off.v1+json";

/** How long a statement that was laid out may be signed: its person reads it first (milliseconds). */
export const STATEMENT_MS = 5 * 60_000;

/**
 * Who signed: the person, by a passkey over the statement itself, beside the system; or the system alone, which witnesses
 * that they showed who they are.
 */
export type Witness = "passkey" | "server_witnessed";

/** One piece of evidence as a statement names it. */
export interface StatedEvidence {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly collectedOn: string | null;
  readonly validUntil: string | null;
}

/** A discussion as a statement's digest covers it; notes of one company alone are not part of it. */
export interface StatedThread {
  readonly id: string;
  readonly revision: number;
  readonly section: string | null;
  readonly itemId: string | null;
  readonly openedById: string;
  readonly openedAt: string;
  readonly resolvedAt: string | null;
  readonly comments: readonly {
    readonly id: string;
    readonly authorId: string;
    readonly at: string;
    readonly body: string;
  }[];
}

/** What a decision states, and what is signed as canonical JSON. Digests are SHA-256, hex; instants ISO 8601. */
export interface SignOffRecord {
  readonly type: "countervail.sign-off.v1";
  readonly service: string;
  readonly id: string;
  readonly kind: SignOffKind;
  readonly wording: { readonly version: string; readonly text: string };
  readonly worksheet: {
    readonly id: string;
    readonly engagementId: string;
    readonly requirement: string;
    readonly standardVersion: StandardVersion;
    readonly revision: number;
    readonly sha256: string;
  };
  readonly evidence: readonly StatedEvidence[];
  readonly evidenceSha256: string;
  readonly commentsSha256: string;
  readonly catalogue: { readonly version: string; readonly sha256: string };
  readonly signer: { readonly id: string; readonly name: string; readonly role: string; readonly firm: string };
  readonly authentication: { readonly methods: readonly string[]; readonly kind: Witness };
  readonly reason: string;
  /** The statement before this one over the same worksheet, by its digest. */
  readonly supersedes: string | null;
  /** The day from which a signature has to be renewed; null for other decisions. */
  readonly validUntil: string | null;
  readonly at: string;
}

/** The day on which a signature has aged out: each compensating control is judged anew within a year. */
export function validUntilOf(kind: SignOffKind, day: string): string | null {
  return kind === "signed" ? addYears(day, 1) : null;
}

/** Whether a statement that was laid out at an instant may still be signed. Both in milliseconds. */
export function isFreshStatement(at: number, now: number): boolean {
  return at <= now && now - at < STATEMENT_MS;
}
