import type { Grant } from "@/lib/auth/scope";
import { fieldProblem, notFound } from "@/lib/contracts/failure";
import { type PartKey, partsOf } from "@/lib/domain/worksheet/sections";

/** Each kind of document has parts of its own. @throws Failure not_found */
export function requirePart(grant: Grant, key: PartKey): void {
  if (!hasPart(grant, key)) throw notFound();
}

/** The same for a part that a body names in its field `section`; null is the document as a whole. @throws Failure invalid */
export function requireNamedPart(grant: Grant, key: PartKey | null): void {
  if (key !== null && !hasPart(grant, key)) throw fieldProblem("section", "This document has no such part.");
}

function hasPart({ worksheet, engagement }: Grant, key: PartKey): boolean {
  return worksheet !== null && partsOf(worksheet.kind, engagement.standardVersion).includes(key);
}
