import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { ServiceContext } from "@/lib/auth/context";
import { changeScope, readScope } from "@/lib/auth/scope";
import type { EvidenceDto } from "@/lib/contracts/evidence";
import { Failure } from "@/lib/contracts/failure";
import { findBlob, holdRoom, insertFile, keepBlob, roomTaken } from "@/lib/data/evidence-files";
import { recordAuthor } from "@/lib/data/worksheets";
import type { ScanState } from "@/lib/domain/evidence/blob-state";
import { FILE_KINDS } from "@/lib/domain/evidence/file-kinds";
import { checkRoom, tooLargeWords } from "@/lib/domain/evidence/file-rules";
import { organisationSecret } from "@/lib/services/evidence/organisation-secret";
import { cardNumberQuestion, orRefused } from "@/lib/services/evidence/refusal";
import { requireOwnEvidence } from "@/lib/services/evidence/require-evidence";
import { readEvidenceDto } from "@/lib/services/worksheet/evidence-dto";
import { recordWorksheetEvent } from "@/lib/services/worksheet/worksheet-event";
import { blobKey } from "@/lib/storage/blob-store";
import { type Draft, dropDraft, receiveDraft } from "@/lib/storage/draft";
import type { EvidenceFiles } from "@/lib/storage/evidence-files";
import { checkPromise, type Inspected, inspectFile } from "@/lib/storage/inspect/inspect";

/** A file as it arrives. */
export interface Upload {
  readonly name: string;
  readonly body: ReadableStream<Uint8Array> | null;
  /** How long the sender says that it is, in bytes; null when nothing is said. */
  readonly announced: number | null;
  /** The person was asked whether it holds card numbers, and says that it does not. */
  readonly acknowledgeCardNumber: boolean;
}

/** A file that was received, looked through and put into the store, before anything names it. */
interface Kept extends Inspected {
  readonly draft: Draft;
  readonly key: string;
  readonly scan: ScanState;
}

/**
 * Takes a file for a piece of evidence of the draft. The right is found and the promise looked at before a byte is read;
 * then the body is received into a temporary file, looked through, scanned, put into the store, and last the rows and the
 * event are written in one transaction. The same content is stored once.
 * @throws Failure file_refused with the rule, card_number_suspected, too_large, too_slow, storage_full, not_found, wrong_state
 */
export async function uploadFile(
  context: ServiceContext,
  files: EvidenceFiles,
  evidenceId: string,
  upload: Upload,
): Promise<EvidenceDto> {
  const { limits } = files;
  await readScope(context, "evidence.change", { evidenceId }, async (tx) => {
    const { worksheetId } = await requireOwnEvidence(tx, evidenceId);
    orRefused(checkPromise(upload.name));
    if ((upload.announced ?? 0) > limits.fileBytes) throw new Failure("too_large", tooLargeWords(limits));
    orRefused(checkRoom(await roomTaken(tx, worksheetId), 0, limits));
  });
  const draft = await receiveDraft(files.draftFolder, upload.body, limits);
  try {
    const inspected = orRefused(await inspectFile(draft, upload.name, limits));
    if (inspected.cardNumbers.length > 0 && !upload.acknowledgeCardNumber) {
      throw cardNumberQuestion(inspected.cardNumbers);
    }
    await readScope(context, "evidence.change", { evidenceId }, async (tx) => {
      const { worksheetId } = await requireOwnEvidence(tx, evidenceId);
      orRefused(checkRoom(await roomTaken(tx, worksheetId), draft.size, limits));
    });
    const scan = await scanDraft(context, files, evidenceId, draft);
    const key = await store(context, files, evidenceId, draft);
    return await attach(ofThisContent(context, draft), files, evidenceId, { ...inspected, draft, key, scan });
  } finally {
    await dropDraft(draft);
  }
}

/** Infected files are not stored; that somebody tried is an event. */
async function scanDraft(
  context: ServiceContext,
  { scanner }: EvidenceFiles,
  evidenceId: string,
  draft: Draft,
): Promise<ScanState> {
  if (!scanner) return "off";
  const { state, note } = await scanner.scan(createReadStream(draft.path));
  if (state !== "infected") return state;
  const alone = { ...context, idempotency: undefined };
  await changeScope(alone, "evidence.change", { evidenceId }, "none", async (tx) => {
    const { worksheetId, section } = await requireOwnEvidence(tx, evidenceId);
    const detail = { evidenceId, section, sha256: draft.sha256, virus: note };
    recordWorksheetEvent(context, tx, { action: "evidence.file_refused", worksheetId, detail });
  });
  const words = `The virus scanner objects: ${note}.`;
  throw new Failure("file_refused", words, { rule: "virus", errors: [{ path: "file", message: words }] });
}

/** Puts the bytes into the store, over those that are known to be damaged. @returns their key */
async function store(context: ServiceContext, files: EvidenceFiles, evidenceId: string, draft: Draft): Promise<string> {
  const secret = await organisationSecret(context);
  const { key, replace } = await readScope(context, "evidence.change", { evidenceId }, async (tx) => ({
    key: blobKey(tx.engagement.organisationId, secret, draft.sha256),
    replace: (await findBlob(tx, draft.sha256))?.state === "damaged",
  }));
  await files.store.put(key, draft, { replace });
  return key;
}

function attach(
  context: ServiceContext,
  files: EvidenceFiles,
  evidenceId: string,
  { name, kind, draft, key, scan, cardNumbers }: Kept,
): Promise<EvidenceDto> {
  return changeScope(context, "evidence.change", { evidenceId }, "share", async (tx) => {
    // Behind the room: whoever makes it the register's holds that as well, and a file put there would be lost.
    await holdRoom(tx);
    const evidence = await requireOwnEvidence(tx, evidenceId);
    const known = await findBlob(tx, draft.sha256);
    const isStored = known !== null && known.state !== "removed";
    orRefused(checkRoom(await roomTaken(tx, evidence.worksheetId), isStored ? 0 : draft.size, files.limits));
    // The sweep frees what nothing names, and holds the same lock: what it took in between is asked for again.
    if (!(await files.store.has(key)))
      throw new Failure("unavailable", "Please send the file again.", { retryAfter: 1 });
    const { sha256, size } = draft;
    const { mediaType } = FILE_KINDS[kind];
    const blobId = await keepBlob(tx, { sha256, size, type: mediaType, key, scan, scanNote: "" });
    const file = await insertFile(tx, evidence, blobId, name);
    await recordAuthor(tx, evidence.worksheetId);
    recordWorksheetEvent(context, tx, {
      action: "evidence.file_added",
      worksheetId: evidence.worksheetId,
      detail: {
        ...{ evidenceId, section: evidence.section, fileId: file.id, sha256, size, type: mediaType },
        ...(cardNumbers.length > 0 ? { cardNumberAcknowledged: true } : {}),
      },
      changes: [
        { table: "evidence_file", id: file.id },
        { table: "blob", id: blobId },
      ],
    });
    return readEvidenceDto(tx, await requireOwnEvidence(tx, evidenceId));
  });
}

/** A key belongs to one request with one content: the guard before the handler has not read it. */
function ofThisContent(context: ServiceContext, { sha256 }: Draft): ServiceContext {
  const { idempotency } = context;
  if (!idempotency) return context;
  const requestHash = createHash("sha256").update(`${idempotency.requestHash} ${sha256}`).digest("hex");
  return { ...context, idempotency: { ...idempotency, requestHash } };
}
