import { couldDo, type Grant } from "@/lib/auth/scope";
import type { AskedCriterionDto, CriteriaDto, EarlierFindingDto, FindingDto } from "@/lib/contracts/criteria";
import { notFound } from "@/lib/contracts/failure";
import type { PersonRef } from "@/lib/contracts/section";
import type { CriterionDecisionRow } from "@/lib/data/criterion-decisions";
import { listCriterionDecisions } from "@/lib/data/criterion-decisions";
import { namesOf, personRef } from "@/lib/data/people";
import { findRevision, findRevisions, listRevisions } from "@/lib/data/revisions";
import { listSignOffs } from "@/lib/data/sign-offs";
import type { ScopedTx } from "@/lib/db/kinds";
import { checkState } from "@/lib/domain/access/action-states";
import { isAnsweredAlike, tallyCriteria, whyNotSigned } from "@/lib/domain/workflow/criteria-gate";
import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import type { RevisionContent } from "@/lib/domain/worksheet/model";
import { isDecision } from "@/lib/services/worksheet/material";
import { readIfSealed, readSealed } from "@/lib/services/worksheet/seal";
import { openRevisions } from "@/lib/services/worksheet/shown-content";

/**
 * The criteria of one revision as the grant's own view may read them, by default of the newest.
 * @throws Failure not_found when that view may open no such revision, text_damaged
 */
export async function describeCriteria(tx: ScopedTx, grant: Grant, number: number | undefined): Promise<CriteriaDto> {
  const { worksheet } = grant;
  if (!worksheet) throw notFound();
  const { id: worksheetId, revisionNumber } = worksheet;
  const { view } = grant.permission;
  const revisions = await listRevisions(tx, [worksheetId]);
  const signOffs = view === "signed" ? (await listSignOffs(tx, [worksheetId])).filter(isDecision) : [];
  const open = openRevisions(view, { revisions, signOffs });
  const row = number === undefined ? open.at(-1) : open.find((one) => one.number === number);
  const frozen = row && (await findRevision(tx, worksheetId, row.number));
  if (!row || !frozen) throw notFound();
  const content = readSealed(frozen, worksheet);
  const readable = new Set(open.map((one) => one.number));
  const found = (await listCriterionDecisions(tx, [worksheetId])).filter(({ revision }) => readable.has(revision));
  const names = await namesOf(
    tx,
    found.map(({ byId }) => byId),
  );
  const decisions = found.filter(({ kind, revision }) => kind === "decision" && revision === row.number);
  const earlier = await earlierFindings(tx, found, content, names);
  const { standardVersion } = content.header;
  const of = (rows: readonly CriterionDecisionRow[], id: string) => rows.find(({ criterion }) => criterion === id);
  const proposals = found.filter(({ kind, revision }) => kind === "proposal" && revision === row.number);
  return {
    revision: row.number,
    digest: row.digest,
    criteria: criteriaOf(standardVersion).map(({ id, number: printed }): AskedCriterionDto => {
      const [decision, proposal] = [of(decisions, id), of(proposals, id)];
      return {
        id,
        number: printed,
        answer: content.criteria?.find((one) => one.id === id)?.answer ?? null,
        decision: decision ? findingDto(decision, names) : null,
        proposal: proposal ? findingDto(proposal, names) : null,
        earlier: earlier.get(id) ?? null,
      };
    }),
    tally: tallyCriteria(decisions, standardVersion),
    whyNotSigned: whyNotSigned(decisions, standardVersion),
    may: row.number === revisionNumber ? mayFind(grant) : null,
  };
}

/** The newest decision over each criterion on a revision before the shown one. */
async function earlierFindings(
  tx: ScopedTx,
  found: readonly CriterionDecisionRow[],
  shown: RevisionContent,
  names: ReadonlyMap<string, PersonRef>,
): Promise<ReadonlyMap<string, EarlierFindingDto>> {
  const before = found.filter(({ kind, revision }) => kind === "decision" && revision < shown.revision);
  const newest = new Map(before.map((row) => [row.criterion, row]));
  const revisions = await findRevisions(tx, [...new Set([...newest.values()].map(({ revisionId }) => revisionId))]);
  const texts = new Map([...revisions].map(([id, revision]) => [id, readIfSealed(revision)]));
  return new Map(
    [...newest.values()].map((row) => {
      const before = texts.get(row.revisionId);
      // What was changed since is not said to be the same.
      const sameAnswer = !!before && isAnsweredAlike(before.criteria, shown.criteria, row.criterion);
      return [row.criterion, { ...findingDto(row, names), revision: row.revision, sameAnswer }];
    }),
  );
}

function findingDto(row: CriterionDecisionRow, names: ReadonlyMap<string, PersonRef>): FindingDto {
  const { outcome, note, byId, at, threadId, version } = row;
  return { outcome, note, by: personRef(names, byId), at: at.toISOString(), threadId, version };
}

function mayFind(grant: Grant): CriteriaDto["may"] {
  const { worksheet } = grant;
  if (!worksheet || !checkState("criteria.decide", worksheet.facts.state).ok) return null;
  if (couldDo(grant, "criteria.decide", worksheet.facts)) return "decision";
  return couldDo(grant, "criteria.propose", worksheet.facts) ? "proposal" : null;
}
