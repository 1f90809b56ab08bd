import { textOf, toHex } from "@/lib/domain/proof/bytes";
import {
  type SignOffStatement,
  type StatedEvidence,
  writeCriteria,
  writeEvidence,
} from "@/lib/domain/sign-off/signed-statement";
import type { Ledger } from "./checks";
import type { OpenedPack } from "./examine-parts";
import type { SeenStatement } from "./examine-statements";
import { commentsPath, evidencePath, revisionPath } from "./layout";
import type { PackTools } from "./passkey";

/** Checks for every statement that revision, evidence and comments are those that it names. */
export function examineContent(
  pack: OpenedPack,
  statements: readonly SeenStatement[],
  ledger: Ledger,
  tools: PackTools,
): void {
  ledger.begin("content");
  for (const statement of statements) {
    examineRevision(pack, statement, ledger);
    if (toHex(tools.sha256(writeEvidence(statement.evidence))) !== statement.evidenceSha256) {
      ledger.fail("A statement's list of evidence is not the one that it was made over.");
    }
    for (const one of statement.evidence) examineEvidence(pack, one, ledger);
    examineCriteria(pack, statement, ledger, tools);
    const { commentsSha256 } = statement;
    if (commentsSha256 !== null && !pack.files.has(commentsPath(commentsSha256))) {
      ledger.lack("The comments that a statement rests on are missing.", commentsPath(commentsSha256));
    }
  }
}

function examineRevision({ files }: OpenedPack, { worksheet, catalogue }: SeenStatement, ledger: Ledger): void {
  const path = revisionPath(worksheet);
  const file = files.get(path);
  if (!file?.bytes) {
    ledger.lack(`Revision ${worksheet.revision} of a signed worksheet is missing.`, path);
  } else if (file.sha256 !== worksheet.sha256) {
    ledger.fail(`Revision ${worksheet.revision} is not the one that was signed.`, path);
  } else if (!isAbout(file.bytes, worksheet, catalogue.version)) {
    ledger.fail("A statement says something else of the worksheet than the worksheet itself.", path);
  }
}

/**
 * What was decided over the criteria: the list that the statement was made over, all of them met under a signature, and
 * those that the revision answers. Statements and revisions from before criteria were asked have none.
 */
function examineCriteria({ files }: OpenedPack, statement: SeenStatement, ledger: Ledger, { sha256 }: PackTools): void {
  const { criteria, criteriaSha256, kind, worksheet } = statement;
  const answered = readCriteria(files.get(revisionPath(worksheet))?.bytes);
  if (!criteria) {
    if (criteriaSha256 !== undefined) ledger.fail("A statement names the digest of criteria that it does not hold.");
    else if (kind === "signed" && answered !== null) {
      ledger.fail("A signature does not say what was decided over the criteria that its worksheet answers.");
    }
    return;
  }
  if (worksheet.kind !== undefined)
    ledger.fail("A statement over a record holds criteria, which are judged of worksheets alone.");
  if (criteriaSha256 === undefined || toHex(sha256(writeCriteria(criteria))) !== criteriaSha256) {
    ledger.fail("A statement's list of criteria is not the one that it was made over.");
  }
  if (kind !== "signed") return;
  if (criteria.some(({ outcome }) => outcome !== "met"))
    ledger.fail("A signature stands over a criterion that is not met.");
  const decided = criteria.map(({ id, number }) => JSON.stringify([id, number]));
  if (answered !== null && (decided.length !== answered.length || decided.some((one, at) => one !== answered[at]))) {
    ledger.fail("A signature stands over other criteria than its worksheet answers.");
  }
}

/** The criteria that a revision answers, by name and number; null where it answers none. */
function readCriteria(bytes: Uint8Array | null | undefined): readonly string[] | null {
  try {
    const { criteria } = JSON.parse(textOf(bytes ?? new Uint8Array()) ?? "") as Record<string, unknown>;
    if (!Array.isArray(criteria)) return null;
    return criteria.map((one: Record<string, unknown> | null) => JSON.stringify([one?.id, one?.number]));
  } catch {
    return null;
  }
}

function isAbout(bytes: Uint8Array, worksheet: SignOffStatement["worksheet"], catalogueVersion: string): boolean {
  const revision = readRevision(bytes);
  return (
    revision !== null &&
    revision.kind === worksheet.kind &&
    revision.worksheetId === worksheet.id &&
    revision.revision === worksheet.revision &&
    revision.requirementNumber === worksheet.requirement &&
    revision.standardVersion === worksheet.standardVersion &&
    revision.catalogueVersion === catalogueVersion
  );
}

/** What a frozen revision says of itself. */
interface RevisionFacts {
  /** None for a compensating controls worksheet. */
  readonly kind: unknown;
  readonly worksheetId: unknown;
  readonly revision: unknown;
  readonly catalogueVersion: unknown;
  readonly requirementNumber: unknown;
  readonly standardVersion: unknown;
}

function readRevision(bytes: Uint8Array): RevisionFacts | null {
  try {
    const content = JSON.parse(textOf(bytes) ?? "") as Record<string, unknown> | null;
    const header = content?.header as Record<string, unknown> | null | undefined;
    return {
      kind: content?.kind,
      worksheetId: content?.worksheetId,
      revision: content?.revision,
      catalogueVersion: content?.catalogueVersion,
      requirementNumber: header?.requirementNumber,
      standardVersion: header?.standardVersion,
    };
  } catch {
    return null;
  }
}

function examineEvidence(
  { files, manifest }: OpenedPack,
  { title, files: named }: StatedEvidence,
  ledger: Ledger,
): void {
  for (const { name, size, sha256 } of named) {
    const path = evidencePath(sha256);
    const file = files.get(path);
    if (file && file.size !== size) {
      ledger.fail(`“${name}” of the evidence “${title}” has another size than was signed.`, path);
    } else if (!file && !manifest.omissions.some(({ what }) => what === path)) {
      ledger.lack(`“${name}” of the evidence “${title}” is missing.`, path);
    }
  }
}
