import { couldDo, type Grant } from "@/lib/auth/scope";
import type { PersonRef } from "@/lib/contracts/section";
import { type CriterionDecisionRow, listCriterionDecisions } from "@/lib/data/criterion-decisions";
import { namesOf, personRef } from "@/lib/data/people";
import { partsIn } from "@/lib/data/sections";
import { listThreads, type ThreadRow } from "@/lib/data/threads";
import { listTransitions, type TransitionRow } from "@/lib/data/transitions";
import { type AuthorRow, listAuthors } from "@/lib/data/worksheets";
import type { ScopedTx } from "@/lib/db/kinds";
import type { View } from "@/lib/domain/access/policy";
import { isLegacy } from "@/lib/domain/catalogue/standard-version";
import { CRITERION_TITLES, criteriaOf } from "@/lib/domain/worksheet/criteria";
import { itemLabels } from "@/lib/domain/worksheet/item-labels";
import type { RevisionContent } from "@/lib/domain/worksheet/model";
import { scopeLine } from "@/lib/domain/worksheet/scope-line";
import type {
  CriterionModel,
  PersonModel,
  RigourModel,
  SignOffModel,
  ThreadModel,
  WorksheetPdfModel,
} from "@/lib/render/pdf/view-model";
import { sideOf, threadFacts } from "@/lib/services/review/thread-dto";
import { rigourModels } from "@/lib/services/rigour/rigour-model";
import { showsTransition, signOffDto, stateOfRevision } from "@/lib/services/worksheet/history-dto";
import type { WorksheetMaterial } from "@/lib/services/worksheet/material";
import { seal } from "@/lib/services/worksheet/seal";
import { openRevisions, type ShownContent, signedRevisions } from "@/lib/services/worksheet/shown-content";

/** A worksheet to print: what is stored of it, and which of its texts is shown to whom. */
export interface Printed {
  readonly material: WorksheetMaterial;
  readonly shown: ShownContent;
  readonly view: View;
}

/** What stands beside the worksheets' own material, loaded for all of them at once. */
interface Beside {
  readonly threads: readonly ThreadRow[];
  /** All moves, also those that the view does not show. */
  readonly moves: readonly TransitionRow[];
  readonly authors: readonly AuthorRow[];
  readonly decisions: readonly CriterionDecisionRow[];
  readonly names: ReadonlyMap<string, PersonRef>;
  readonly rigour: RigourModel;
}

/**
 * Worksheets with their annexes as the renderer takes them. Private notes are never printed: a PDF is handed on to
 * people outside the company that wrote them.
 */
export async function worksheetModels(
  tx: ScopedTx,
  grant: Grant,
  printed: readonly Printed[],
): Promise<WorksheetPdfModel[]> {
  const ids = printed.map(({ material }) => material.worksheet.id);
  const threads = (await listThreads(tx, ids)).filter(({ visibility }) => visibility === "shared");
  const transitions = await listTransitions(tx, ids);
  const authors = await listAuthors(tx, ids);
  const decisions = (await listCriterionDecisions(tx, ids)).filter(({ kind }) => kind === "decision");
  const names = await namesOf(tx, [
    ...decisions.map(({ byId }) => byId),
    ...authors.map(({ userId }) => userId),
    ...threads.flatMap(({ comments }) => comments.map((comment) => comment.authorId)),
    ...transitions.map(({ byId }) => byId),
    ...printed.flatMap(({ material }) => material.revisions.map(({ submittedById }) => submittedById)),
  ]);
  const rigourOf = await rigourModels(tx, printed);
  return printed.map((one) => {
    const { id } = one.material.worksheet;
    return worksheetModel(tx, one, {
      threads: threads.filter(
        (thread) =>
          thread.worksheetId === id && couldDo(grant, "thread.read", threadFacts(thread, one.material.worksheet)),
      ),
      moves: transitions.filter((row) => row.worksheetId === id),
      authors: authors.filter((row) => row.worksheetId === id),
      decisions: decisions.filter((row) => row.worksheetId === id),
      names,
      rigour: rigourOf(one),
    });
  });
}

/** The instant that a printed worksheet is dated: that of the last thing it shows. */
export function datedAt(model: WorksheetPdfModel, { material, shown }: Printed): Date {
  const instants = [
    ...model.revisions.map((one) => one.submittedAt),
    ...model.transitions.map((one) => one.at),
    ...model.signOffs.map((one) => one.at),
    ...model.criteria.flatMap(({ decision }) => (decision ? [decision.at] : [])),
    ...model.threads.flatMap((one) => one.comments.map((comment) => comment.at)),
  ].map((instant) => new Date(instant).getTime());
  const written = partsIn(material.sections)
    .filter(({ id }) => id !== null)
    .map(({ updatedAt }) => updatedAt.getTime());
  const attached = material.evidence.map((one) => one.addedAt.getTime());
  return new Date(Math.max(...instants, ...(shown.frozen ? [] : [...written, ...attached])));
}

function worksheetModel(tx: ScopedTx, printed: Printed, beside: Beside): WorksheetPdfModel {
  const { material, shown, view } = printed;
  const { content, digest, frozen } = shown;
  const { names } = beside;
  const { standardVersion } = content.header;
  const open = openRevisions(view, material);
  const numbers = new Set(open.map((row) => row.number));
  const signOffs = material.signOffs.filter((row) => numbers.has(row.revision)).map(signOffModel);
  const transitions = beside.moves.filter((row) => showsTransition(view, row));
  // Computed anew: the foot of a page vouches for what stands on it, not for what once was stored.
  const printedDigest = seal(content).digest;
  return {
    kind: content.kind ?? "ccw",
    header: content.header,
    assessorName: tx.engagement.assessorName ?? "",
    scope: scopeLine(content.sections.constraints?.items.scope ?? []),
    sections: content.sections,
    legacy: isLegacy(standardVersion),
    draft: !(frozen && signedRevisions(material.signOffs).has(content.revision)),
    state: stateOfRevision(view, material.worksheet, content.revision, beside.moves),
    revision: content.revision,
    frozen,
    successor: successorOf(material, open, content.revision),
    altered: printedDigest !== digest,
    catalogueVersion: content.catalogueVersion,
    digest: printedDigest,
    evidence: content.evidence,
    threads: beside.threads.map((thread) => threadModel(tx, thread, content, names)),
    signOffs,
    criteria: criteriaModel(content, frozen ? beside : { ...beside, decisions: [] }),
    rigour: beside.rigour,
    people: peopleOf(tx, { authors: authorsOf(printed, beside), transitions, signOffs }, names),
    revisions: open.map((row) => ({
      number: row.number,
      digest: row.digest,
      submittedAt: row.submittedAt.toISOString(),
      submittedBy: personRef(names, row.submittedById).name,
    })),
    transitions: transitions.map(({ move, from, to, revision, reason, byId, at }) => ({
      ...{ move, from, to, revision, reason },
      by: personRef(names, byId).name,
      at: at.toISOString(),
    })),
  };
}

/** The criteria of the text's version: a draft's are not decided over, whatever was decided over the revision before. */
function criteriaModel(
  { kind, header, revision, criteria }: RevisionContent,
  { decisions, names }: Pick<Beside, "decisions" | "names">,
): CriterionModel[] {
  // Criteria are Appendix B's, and judge compensating controls alone.
  if (kind !== undefined) return [];
  return criteriaOf(header.standardVersion).map(({ id, number }) => {
    const found = decisions.find((row) => row.revision === revision && row.criterion === id);
    return {
      id,
      number,
      answer: criteria?.find((one) => one.id === id)?.answer ?? null,
      decision: found
        ? {
            outcome: found.outcome,
            note: found.note,
            by: personRef(names, found.byId).name,
            at: found.at.toISOString(),
          }
        : null,
    };
  });
}

/** The newest submitted revision behind this one, or else the one that is being written. */
function successorOf(
  { worksheet }: WorksheetMaterial,
  open: WorksheetMaterial["revisions"],
  revision: number,
): WorksheetPdfModel["successor"] {
  const newest = Math.max(...open.map((row) => row.number), revision);
  if (newest > revision) return { revision: newest, submitted: true };
  return worksheet.revisionNumber > revision ? { revision: worksheet.revisionNumber, submitted: false } : null;
}

function signOffModel(row: WorksheetMaterial["signOffs"][number]): SignOffModel {
  const { id: _, signer, ...statement } = signOffDto(row);
  return { ...statement, signerName: signer.name };
}

function threadModel(
  tx: ScopedTx,
  thread: ThreadRow,
  content: RevisionContent,
  names: ReadonlyMap<string, PersonRef>,
): ThreadModel {
  const { itemId, section, revisionNumber, resolvedAt } = thread;
  return {
    revision: revisionNumber,
    section,
    itemLabel: itemId === null ? "" : labelOf(itemId, content),
    resolved: resolvedAt !== null,
    comments: thread.comments.map((comment) => ({
      author: personRef(names, comment.authorId).name,
      side: sideOf(tx, comment.authorOrganisationId),
      at: comment.at.toISOString(),
      body: comment.body,
    })),
  };
}

function labelOf(itemId: string, { sections }: RevisionContent): string {
  const titles: Readonly<Record<string, string>> = CRITERION_TITLES;
  return itemLabels(sections).get(itemId) ?? titles[itemId] ?? "an item no longer listed";
}

/** Who wrote what is shown: whoever came to the worksheet after a revision was frozen has no part in it. */
function authorsOf({ material, shown }: Printed, { authors }: Beside): string[] {
  const row = shown.frozen ? material.revisions.find(({ number }) => number === shown.content.revision) : undefined;
  return authors.filter(({ firstAt }) => !row || firstAt <= row.submittedAt).map(({ userId }) => userId);
}

/** Who had a hand in it: authors, whoever submitted or approved it, and those who decided. */
function peopleOf(
  tx: ScopedTx,
  by: {
    readonly authors: readonly string[];
    readonly transitions: readonly TransitionRow[];
    readonly signOffs: readonly SignOffModel[];
  },
  names: Beside["names"],
): PersonModel[] {
  const firm = tx.engagement.entityName;
  const byIds = (ids: readonly string[], role: string): PersonModel[] =>
    [...new Set(ids)].map((id) => ({ name: personRef(names, id).name, role, firm }));
  const movers = (move: TransitionRow["move"]) =>
    by.transitions.filter((row) => row.move === move).map((row) => row.byId);
  const people = [
    ...byIds(by.authors, "Author"),
    ...byIds(movers("approve_internally"), "Internal reviewer"),
    ...byIds(movers("submit"), "Submitted it"),
    ...by.signOffs.map(({ signerName, signerRole, firmName }) => ({
      name: signerName,
      role: signerRole,
      firm: firmName,
    })),
  ];
  const key = (one: PersonModel) => JSON.stringify([one.name, one.role, one.firm]);
  return [...new Map(people.map((one) => [key(one), one])).values()];
}
