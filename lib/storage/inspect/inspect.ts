import { open } from "node:fs/promises";
import { type FileKindName, isTextKind, kindByName } from "@/lib/domain/evidence/file-kinds";
import type { FileLimits } from "@/lib/domain/evidence/file-limits";
import { checkFileName, type FileRefusal, refuseFile, refuseKind } from "@/lib/domain/evidence/file-rules";
import { ok, type Result } from "@/lib/domain/result";
import type { Draft } from "@/lib/storage/draft";
import { checkContainer } from "@/lib/storage/inspect/container";
import { checkSignature } from "@/lib/storage/inspect/signature";
import { type CardNumberPlace, readText } from "@/lib/storage/inspect/text";

/** What a received file is, once it was looked through. */
export interface Inspected {
  readonly kind: FileKindName;
  readonly name: string;
  /** Where a text seems to hold card numbers. */
  readonly cardNumbers: readonly CardNumberPlace[];
}

/** Looks at what a name promises, before a byte of the file is read. */
export function checkPromise(name: string): Result<FileKindName, FileRefusal> {
  const named = checkFileName(name);
  if (!named.ok) return named;
  const kind = kindByName(name);
  return kind === null ? refuseKind() : ok(kind);
}

/**
 * Looks through a received file: that it is what its name says and nothing beside it, and that reading it costs nobody
 * more than it should. Nothing is unpacked to the disk, and nothing of it is run.
 */
export async function inspectFile(
  draft: Draft,
  name: string,
  limits: FileLimits,
): Promise<Result<Inspected, FileRefusal>> {
  const promised = checkPromise(name);
  if (!promised.ok) return promised;
  const kind = promised.value;
  if (draft.size === 0) return refuseFile("empty", "The file is empty.");
  const found = await look(draft, kind, limits);
  return found.ok ? ok({ kind, name, cardNumbers: found.value }) : found;
}

async function look(
  draft: Draft,
  kind: FileKindName,
  limits: FileLimits,
): Promise<Result<readonly CardNumberPlace[], FileRefusal>> {
  const file = await open(draft.path, "r");
  try {
    const signature = await checkSignature(file, draft.size, kind, limits);
    if (!signature.ok) return signature;
    if (isTextKind(kind)) return await readText(file, kind);
    if (kind !== "docx" && kind !== "xlsx") return ok([]);
    const container = await checkContainer(draft, kind, limits);
    return container.ok ? ok([]) : container;
  } finally {
    await file.close();
  }
}
