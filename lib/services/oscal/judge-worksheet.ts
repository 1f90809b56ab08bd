import { couldDo } from "@/lib/auth/scope";
import {
  applyPlanInput,
  MOST_EVIDENCE,
  MOST_SAVES,
  type WorksheetImport,
  type WorksheetImportDto,
} from "@/lib/contracts/oscal-import";
import type { DispositionRow } from "@/lib/data/dispositions";
import { blobStates } from "@/lib/data/evidence-files";
import { judgeUses } from "@/lib/domain/controls/record";
import { alignItems } from "@/lib/domain/oscal/align-items";
import type { OscalWorksheet } from "@/lib/domain/oscal/book";
import {
  type Attached,
  compareWorksheet,
  leavingEvidence,
  type StandingWorksheet,
  savesOf,
  type WorksheetComparison,
  withinSaves,
} from "@/lib/domain/oscal/compare-worksheet";
import { importFields } from "@/lib/domain/oscal/import-fields";
import { movedAnchors } from "@/lib/domain/oscal/moved-anchors";
import { type SettledControls, settleUses } from "@/lib/domain/oscal/settle-uses";
import type { Disposition } from "@/lib/domain/workflow/dispositions";
import { isEditable } from "@/lib/domain/workflow/editing";
import { STATE_LABELS } from "@/lib/domain/workflow/transitions";
import { itemNames } from "@/lib/domain/worksheet/diff";
import type { CcwRevision, PartContents } from "@/lib/domain/worksheet/model";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";
import { importNotes } from "@/lib/services/oscal/import-notes";
import { type JudgedPart, refusalOf, refusedBecause } from "@/lib/services/oscal/judged";
import { NEW_WORKSHEET } from "@/lib/services/oscal/require-rights";
import { type StandingEngagement, unopened } from "@/lib/services/oscal/standing";
import { requireGate } from "@/lib/services/rigour/require-gate";
import { requireEligible, requireNoWorksheet } from "@/lib/services/worksheet/open-worksheet";

/** Says what a plan's worksheet would open or change. Whose worksheet it is not to write learns nothing of the one that stands. */
export async function judgeWorksheet(
  here: StandingEngagement,
  brought: OscalWorksheet,
): Promise<JudgedPart<WorksheetImportDto>> {
  const { requirementNumber: number } = brought.content.header;
  const row = here.rows.get(number);
  if (!row) return refusedBecause("The workbook has no row for it. Add the requirement first.");
  const why =
    (await whyNotOpened(here, row, brought.content)) ??
    whyNotChanged(here, number) ??
    foreign(here, brought) ??
    whyTooMuch(brought);
  if (why !== null) return refusedBecause(why);
  const standing = here.worksheets.get(number) ?? unopened();
  const aligned = alignItems(brought.content, standing.parts);
  const settled = settleUses(
    aligned.sections.definition.items.controls,
    standing.parts.definition.content.items.controls,
  );
  const bound = whyNotBound(here, settled, standing);
  if (bound !== null) return refusedBecause(bound);
  const content = withControls(aligned, settled);
  const whole = compareWorksheet(content, standing);
  const opens = standing.id === null;
  if (savesOf(whole, opens) === 0) return { kind: "same" };
  const compared = withinSaves(whole, opens, MOST_SAVES);
  const hasControls = compared.parts.some(({ key }) => key === "definition");
  const leaving = hasControls ? leavingEvidence(settled.controls, standing.evidence) : [];
  const change = changeOf(row, standing, compared, { content: brought.content, leaving });
  const checked = applyPlanInput.safeParse({ worksheets: [change], rows: [] });
  if (!checked.success) return refusedBecause(fieldWords(checked.error.issues[0]));
  const files = brought.content.evidence.flatMap((one) => one.files ?? []);
  const atHand = await blobStates(
    here.tx,
    files.map(({ sha256 }) => sha256),
  );
  const names = { before: itemNames({ sections: sectionsIn(standing) }), after: itemNames(content) };
  const fields = importFields({
    ...{ compared, opens: opens ? (row.disposition as Disposition) : null },
    ...{ leaving, names },
  });
  return {
    kind: "changes",
    dto: {
      ...{ requirementNumber: number, requirementTitle: here.titles.get(number) ?? "" },
      ...{ before: compared.parts.map(({ before }) => before), fields, leftOut: 0 },
      notes: importNotes({
        ...{ brought, standing, settled, whole, compared, leaving: leaving.length },
        anchors: movedAnchors(standing, whole, leaving, names.before),
        atHand: new Set(atHand.keys()),
      }),
      ...{ saves: savesOf(compared, opens), change },
    },
  };
}

function sectionsIn({ parts }: StandingWorksheet): PartContents {
  return Object.fromEntries(SECTION_KEYS.map((key) => [key, parts[key].content]));
}

/** What is more than a preview compares, and an import takes in, is refused before anything of it is looked at. */
function whyTooMuch({ content: { evidence } }: OscalWorksheet): string | null {
  if (evidence.length <= MOST_EVIDENCE) return null;
  return `It has ${evidence.length} pieces of evidence, and at most ${MOST_EVIDENCE} of one worksheet are taken in. Take some out where the plan was exported, and export it again.`;
}

/** A worksheet of another catalogue was judged by other facts, and is carried over rather than taken in. */
function foreign({ tx }: StandingEngagement, { content }: OscalWorksheet): string | null {
  const { catalogueVersion } = tx.engagement;
  if (content.catalogueVersion === catalogueVersion) return null;
  return `It was written with the catalogue of ${content.catalogueVersion}, and this engagement uses that of ${catalogueVersion}.`;
}

async function whyNotOpened(
  { tx, grant, targets }: StandingEngagement,
  row: DispositionRow,
  { eligibility }: CcwRevision,
): Promise<string | null> {
  const { requirementNumber, ownerId } = row;
  if (targets.has(requirementNumber)) return null;
  if (!couldDo(grant, "worksheet.create", { ownerId })) return "You may not open its worksheet.";
  if (!couldDo(grant, "worksheet.edit", NEW_WORKSHEET)) {
    return "Its worksheet is not open yet, and whoever opens one writes it only once the lead has given it to them. Open it empty first.";
  }
  if (!eligibility) return "The plan does not say what was answered at its gate. Open the worksheet here first.";
  const documents = row.worksheets.map(({ id, kind, state }) => ({ id, kind, state }));
  const place = { ...row, documents } as unknown as Parameters<typeof requireNoWorksheet>[0];
  return refusalOf(async () => {
    requireNoWorksheet(place);
    await requireEligible(tx, requirementNumber);
    await requireGate(tx, place, eligibility);
  });
}

function whyNotChanged({ grant, targets }: StandingEngagement, number: string): string | null {
  const target = targets.get(number);
  if (!target) return null;
  if (!couldDo(grant, "worksheet.edit", target.facts)) return "You may not write its worksheet.";
  const { state } = target.facts;
  if (isEditable(state)) return null;
  return `Its worksheet here is “${STATE_LABELS[state]}”: its text can be changed only while it is a draft, or after it was sent back.`;
}

function whyNotBound(
  { records }: StandingEngagement,
  { controls }: SettledControls,
  { parts }: StandingWorksheet,
): string | null {
  const [first] = judgeUses(parts.definition.content.items.controls, controls, records);
  if (!first) return null;
  const control = controls[first.index];
  return `“${control?.label || control?.title}” is a shared control here and says something else in the plan. Take it out of the register in the worksheet first.`;
}

function withControls(content: CcwRevision, { controls }: SettledControls): CcwRevision {
  const { sections } = content;
  const definition = { ...sections.definition, items: { controls } };
  return { ...content, sections: { ...sections, definition } };
}

function changeOf(
  row: DispositionRow,
  standing: StandingWorksheet,
  { parts, eligibility, evidence, reasons }: WorksheetComparison,
  { content, leaving }: { readonly content: CcwRevision; readonly leaving: readonly Attached[] },
): WorksheetImport {
  const opening = standing.id === null ? content.eligibility : undefined;
  const answers = opening ?? eligibility?.after;
  const change = {
    dispositionId: row.id,
    worksheetId: standing.id,
    rowVersion: standing.id === null ? row.version : null,
    eligibility: answers ? { baseVersion: standing.eligibilityVersion, answers } : null,
    parts: parts.map(({ key, baseVersion, after }) => ({ key, baseVersion, content: after })),
    evidence: evidence.map(({ changes, after }) => ({ changes, fields: after })),
    seen: evidence.some(({ changes }) => changes === null) ? standing.evidence.map(versionOf) : [],
    leaves: leaving.map(versionOf),
    reasons: reasons.map(({ key, before, after }) => ({ key, before, reason: after })),
  };
  // The contract's unions do not follow that key and content belong together; it is checked by its schema before it goes out.
  return change as WorksheetImport;
}

function versionOf({ id, version }: Attached) {
  return { id, version };
}

function fieldWords(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  const field = issue?.path.at(-1);
  return `One of its fields cannot be stored here (${String(field ?? "unknown")}): ${issue?.message ?? ""}`;
}
