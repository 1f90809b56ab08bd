import { Failure, notFound } from "@/lib/contracts/failure";
import { linkOf, loadEvidence, type StoredEvidence } from "@/lib/data/evidence";
import { blobStates } from "@/lib/data/evidence-files";
import type { WorksheetTarget } from "@/lib/data/facts";
import { findTitles } from "@/lib/data/requirements";
import {
  type FrozenRevision,
  findRevisions,
  latestRevisions,
  listRevisions,
  type RevisionRow,
} from "@/lib/data/revisions";
import { settingsInForce } from "@/lib/data/rigour-settings";
import { contentOf, contentsOf, loadParts, type StoredParts, type StoredSections } from "@/lib/data/sections";
import { listSignOffs, type SignOffRow } from "@/lib/data/sign-offs";
import { findWorksheet } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { FileState } from "@/lib/domain/evidence/blob-state";
import type { WorksheetKind } from "@/lib/domain/records/kinds";
import { changedSettings, type RigourSettings } from "@/lib/domain/rigour/settings";
import type { DecisionKind } from "@/lib/domain/sign-off/statement";
import type { EvidenceFacts } from "@/lib/domain/workflow/submission";
import { frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import type { RevisionContent, WorksheetHeader } from "@/lib/domain/worksheet/model";
import { inSections } from "@/lib/domain/worksheet/sections";
import { readIfSealed } from "@/lib/services/worksheet/seal";

/** A worksheet with everything that is stored of its content, whoever may see it. */
export interface WorksheetMaterial {
  readonly worksheet: WorksheetTarget;
  /** The parts of its kind. */
  readonly sections: StoredParts;
  readonly evidence: readonly StoredEvidence[];
  readonly revisions: readonly RevisionRow[];
  /** The newest revision with its content. */
  readonly latest: FrozenRevision | null;
  /** The revision that was signed last, with its content, whether or not the signature still stands. */
  readonly signed: FrozenRevision | null;
  /** Every decision, the oldest first. */
  readonly signOffs: readonly DecisionRow[];
  /** The digest of the statement that was made last, be it a decision or a reopening. */
  readonly lastStatement: string | null;
  /** How the bytes stand that the signed revisions of these worksheets name, by their digest; what is missing has no row. */
  readonly blobs: ReadonlyMap<string, FileState>;
  /** The header as it would be frozen now. */
  readonly header: WorksheetHeader;
  /** The thresholds of the checks in force now. */
  readonly settings: RigourSettings;
}

/** The same of a compensating controls worksheet: everything that speaks of those alone takes this. */
export interface CcwMaterial extends WorksheetMaterial {
  readonly sections: StoredSections;
}

/** True for what is stored of a compensating controls worksheet, and of no record. */
export function isCcw(material: WorksheetMaterial): material is CcwMaterial {
  return material.worksheet.kind === "ccw";
}

/** Refuses for a record what a compensating controls worksheet alone has. @throws Failure not_found */
export function requireCcw(document: { readonly kind: WorksheetKind } | null): void {
  if (document?.kind === "ccw") return;
  throw new Failure("not_found", "There is nothing of this kind here: it belongs to compensating controls worksheets.");
}

/** The material of a compensating controls worksheet. @throws Failure not_found, also for a record */
export async function requireCcwMaterial(tx: ScopedTx, worksheetId: string): Promise<CcwMaterial> {
  const material = await requireMaterial(tx, worksheetId);
  requireCcw(material.worksheet);
  if (!isCcw(material)) throw notFound();
  return material;
}

/** A decision over a revision, as stored. */
export type DecisionRow = SignOffRow & { readonly kind: DecisionKind };

/** True for what decides over a revision; reopening one does not. */
export function isDecision(row: SignOffRow): row is DecisionRow {
  return row.kind !== "reopened";
}

/** Loads the material of some worksheets of the engagement, in the given order. */
export async function loadMaterial(tx: ScopedTx, worksheets: readonly WorksheetTarget[]): Promise<WorksheetMaterial[]> {
  const ids = worksheets.map((one) => one.id);
  const sections = await loadParts(tx, worksheets);
  const evidence = await loadEvidence(tx, ids);
  const revisions = await listRevisions(tx, ids);
  const latest = await latestRevisions(tx, ids);
  const statements = await listSignOffs(tx, ids);
  const signOffs = statements.filter(isDecision);
  const lastSigned = new Map(
    signOffs.filter((one) => one.kind === "signed").map((one) => [one.worksheetId, one.revisionId]),
  );
  const signed = await findRevisions(tx, [...lastSigned.values()]);
  const blobs = await blobStates(tx, [...signed.values()].flatMap(digestsIn));
  const settings = await settingsInForce(tx);
  const titles = await findTitles(
    tx,
    tx.engagement,
    worksheets.map((one) => one.requirementNumber),
  );
  return worksheets.map((worksheet) => {
    const own = sections.get(worksheet.id);
    if (!own) throw new Error("A worksheet has no sections.");
    return {
      worksheet,
      sections: own,
      evidence: evidence.get(worksheet.id) ?? [],
      revisions: revisions.filter((one) => one.worksheetId === worksheet.id),
      latest: latest.get(worksheet.id) ?? null,
      signed: signed.get(lastSigned.get(worksheet.id) ?? "") ?? null,
      signOffs: signOffs.filter((one) => one.worksheetId === worksheet.id),
      lastStatement: statements.findLast((one) => one.worksheetId === worksheet.id)?.statementSha256 ?? null,
      blobs,
      header: {
        standardVersion: tx.engagement.standardVersion,
        requirementNumber: worksheet.requirementNumber,
        requirementTitle: titles.get(worksheet.requirementNumber) ?? "",
        entityName: tx.engagement.entityName,
        engagementName: tx.engagement.name,
      },
      settings,
    };
  });
}

/** The digests of the files that a revision names; most name none, which is seen without reading them as JSON. */
function digestsIn(revision: FrozenRevision): string[] {
  if (!revision.content.includes('"files":[')) return [];
  return (readIfSealed(revision)?.evidence ?? []).flatMap(({ files = [] }) => files.map(({ sha256 }) => sha256));
}

/** The material of one worksheet. @throws Failure not_found */
export async function requireMaterial(tx: ScopedTx, worksheetId: string): Promise<WorksheetMaterial> {
  const worksheet = await findWorksheet(tx, worksheetId);
  const [material] = worksheet ? await loadMaterial(tx, [worksheet]) : [];
  if (!material) throw notFound();
  return material;
}

/** Evidence as the rules of submission and signature see it. */
export function evidenceFacts({ section, title, url, files }: StoredEvidence): EvidenceFacts {
  return { section, title, url, files: files.map(({ name, blob }) => ({ name, state: blob.state })) };
}

/** The frozen revision that the draft still equals, or null while the entity is writing the next one. */
export function frozenNow(material: WorksheetMaterial): FrozenRevision | null {
  const { latest, worksheet } = material;
  return latest?.number === worksheet.revisionNumber ? latest : null;
}

/**
 * What a revision frozen now would hold. While the content is frozen its header is the frozen one: renaming the
 * engagement later changes nothing that was submitted. Where the frozen text was changed, it is what the rows still hold.
 */
export function contentNow(material: WorksheetMaterial, catalogueVersion: string): RevisionContent {
  const frozen = frozenNow(material);
  const kept = frozen && readIfSealed(frozen, material.worksheet.kind);
  const header = kept?.header ?? material.header;
  const common = {
    schema: "countervail.revision.v1",
    worksheetId: material.worksheet.id,
    revision: material.worksheet.revisionNumber,
    header,
    catalogueVersion: kept?.catalogueVersion ?? catalogueVersion,
  } as const;
  const evidence = material.evidence.map(linkOf);
  const { kind } = material.worksheet;
  if (kind !== "ccw") return { ...common, kind, sections: contentsOf(material.sections), evidence };
  if (!isCcw(material)) throw new Error("A worksheet is of another kind than it says.");
  // What was judged by other thresholds stays so, whatever the organisation sets later.
  const thresholds = kept ? (kept.thresholds ?? {}) : changedSettings(material.settings);
  return {
    ...common,
    sections: contentOf(material.sections),
    evidence: inSections(evidence),
    ...(material.worksheet.eligibility && { eligibility: material.worksheet.eligibility }),
    ...(material.worksheet.warningReasons.length > 0 && { warningReasons: material.worksheet.warningReasons }),
    ...answersOf(material.sections, header.standardVersion),
    ...(Object.keys(thresholds).length > 0 && { thresholds }),
  };
}

/** Answers that were never written are left out, so that a revision from before they were asked keeps its digest. */
function answersOf({ criteria }: StoredSections, version: StandardVersion): Pick<RevisionContent, "criteria"> {
  return criteria.version === 0 ? {} : { criteria: frozenAnswers(criteria.content.items.answers, version) };
}
