import { addYears } from "@/lib/domain/dates";
import type { SignOffKind } from "./statement";

/** How long a statement that was laid out may be signed: its person reads it first (milliseconds). */
export const STATEMENT_MS = 5 * 60_000;

/**
 * Who signed: the person, by a passkey over the statement itself, beside the system; or the system alone, which witnesses
 * that they showed who they are.
 */
export type Witness = "passkey" | "server_witnessed";

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

/**
 * The day until which a signature counts: each compensating control is judged anew within a year, and a record by the day
 * that it names itself, where that comes first.
 */
export function validUntilOf(kind: SignOffKind, day: string, reviewDue: string | null): string | null {
  if (kind !== "signed") return null;
  const year = addYears(day, 1);
  return reviewDue !== null && reviewDue < year ? reviewDue : year;
}

/** Whether a statement that was laid out at an instant may still be signed. Both in milliseconds. */
export function isFreshStatement(at: number, now: number): boolean {
  return at <= now && now - at < STATEMENT_MS;
}
