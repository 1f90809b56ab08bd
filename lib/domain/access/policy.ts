import type { Action } from "@/lib/domain/access/actions";
import type { Condition } from "@/lib/domain/access/conditions";
import type { Party } from "@/lib/domain/access/parties";

/**
 * What of a worksheet somebody sees: the draft and everything else (`all`), the revisions that were submitted to
 * the decider (`submitted`), or only revisions whose signature stands (`signed`).
 */
export type View = "all" | "submitted" | "signed";

/** A right: it holds when every condition does, and shows as much as its view. */
export interface Rule {
  readonly when: readonly Condition[];
  readonly view: View;
}

/** What each party may do; a party that is not named may not. */
export type PolicyRow = Readonly<Partial<Record<Party, Rule>>>;

const rule = (view: View, ...when: readonly Condition[]): Rule => ({ view, when });
const may = rule("all");
const mayWhen = (...when: readonly Condition[]): Rule => rule("all", ...when);
const afterSubmission = rule("submitted", "submitted_revision");
/** For acts that the transition table ties to the state of review: the state itself says that there is a revision. */
const inReview = (...when: readonly Condition[]): Rule => rule("submitted", ...when);

/** Lead and assigned contributors write; whoever decides in the QSA's place never does. */
const WRITING: PolicyRow = {
  lead: mayWhen("not_the_decider"),
  contributor: mayWhen("assigned", "not_the_decider"),
};

/** The decider's acts: never an author by history, never the entity's people where an assessor company takes part. */
const decides = (...more: readonly Condition[]): PolicyRow => {
  const right = inReview("not_an_author", "outside_the_entity", ...more, "step_up");
  return { qsa_lead: right, isa: right, officer: right };
};

const READING: PolicyRow = {
  lead: may,
  contributor: may,
  internal_reviewer: may,
  observer: rule("signed", "signed_revision"),
  qsa_lead: afterSubmission,
  qsa_assistant: afterSubmission,
  isa: afterSubmission,
  officer: afterSubmission,
};

/** Both sides talk about what they may read; the other company's private notes are hidden before the policy is asked. */
const TALKING: PolicyRow = {
  lead: may,
  contributor: may,
  internal_reviewer: may,
  qsa_lead: afterSubmission,
  qsa_assistant: afterSubmission,
  isa: afterSubmission,
  officer: afterSubmission,
};

const ENTITY_READERS: PolicyRow = { lead: may, contributor: may, internal_reviewer: may };
const DECIDING_SIDE: PolicyRow = { qsa_lead: may, qsa_assistant: may, isa: may, officer: may };
/** The workbook with its worksheets, as far as each side sees those. */
const WORKBOOK_READERS: PolicyRow = {
  ...ENTITY_READERS,
  observer: rule("signed"),
  qsa_lead: rule("submitted"),
  qsa_assistant: rule("submitted"),
  isa: rule("submitted"),
  officer: rule("submitted"),
};

/** Whoever answers for the engagement on either side. */
const trailReaders = (right: Rule): PolicyRow => ({
  lead: right,
  internal_reviewer: right,
  qsa_lead: right,
  qsa_assistant: right,
  isa: right,
  officer: right,
  entity_admin: right,
});

/** The policy: action × party → right. Source: access.md, "Actions"; the fixture beside it says the same by hand. */
export const POLICY: Readonly<Record<Action, PolicyRow>> = {
  "service.settings": { operator: mayWhen("step_up") },

  "organisation.read": { org_admin: may, org_member: may },
  "organisation.settings": { org_admin: mayWhen("step_up") },
  "organisation.invite": { org_admin: mayWhen("step_up") },
  "organisation.accounts": { org_admin: may },
  "organisation.people": { org_admin: mayWhen("not_own_role", "step_up") },
  "organisation.services": { org_admin: mayWhen("step_up") },
  "organisation.trail": { org_admin: may },
  "organisation.trail_export": { org_admin: mayWhen("step_up") },

  "engagement.create": { org_admin: may, org_member: mayWhen("leads_engagements") },
  "engagement.read": { ...ENTITY_READERS, ...DECIDING_SIDE, observer: may, entity_admin: may, assessor_admin: may },
  "engagement.settings": { lead: may, entity_admin: may },
  "engagement.roll_forward": { lead: may, entity_admin: may },
  "engagement.people": { lead: mayWhen("not_own_role", "step_up"), entity_admin: mayWhen("not_own_role", "step_up") },
  "assessor.invite": { lead: may, entity_admin: may },
  "assessor.accept": { assessor_admin: mayWhen("not_yet_accepted") },
  "assessor.staff": { assessor_admin: mayWhen("accepted", "not_own_role", "step_up") },

  "scope.read": { ...ENTITY_READERS, ...DECIDING_SIDE },
  "scope.answer": { lead: may },
  "disposition.read": WORKBOOK_READERS,
  "disposition.add": { lead: may },
  "disposition.decide": { lead: may, contributor: mayWhen("own_row") },

  "control.read": {
    ...ENTITY_READERS,
    qsa_lead: rule("submitted"),
    qsa_assistant: rule("submitted"),
    isa: rule("submitted"),
    officer: rule("submitted"),
  },
  "control.write": { lead: mayWhen("not_the_decider") },
  "readiness.read": ENTITY_READERS,

  "worksheet.create": { lead: mayWhen("not_the_decider"), contributor: mayWhen("own_row", "not_the_decider") },
  "record.open": { lead: mayWhen("not_the_decider") },
  "worksheet.read": READING,
  "worksheet.edit": WRITING,
  "worksheet.assign": { lead: may },
  "evidence.add": WRITING,
  "evidence.change": WRITING,
  "evidence.remove": WRITING,
  "control.share": { lead: mayWhen("not_the_decider") },
  "finding.override": WRITING,
  "criteria.answer": { lead: mayWhen("not_the_decider"), contributor: mayWhen("not_the_decider") },
  "criteria.propose": { qsa_assistant: inReview("not_an_author") },
  "criteria.decide": {
    qsa_lead: inReview("not_an_author"),
    isa: inReview("not_an_author"),
    officer: inReview("not_an_author"),
  },

  "worksheet.submit": { lead: may },
  "worksheet.approve_internally": { internal_reviewer: mayWhen("not_an_author") },
  "worksheet.send_back": { internal_reviewer: mayWhen("not_an_author") },
  "worksheet.request_changes": {
    internal_reviewer: may,
    qsa_lead: inReview(),
    qsa_assistant: inReview(),
    isa: inReview(),
    officer: inReview(),
  },
  "worksheet.sign": decides(),
  "worksheet.refuse": decides(),
  "worksheet.withdraw": { lead: may },
  "worksheet.revoke": decides("own_signature"),
  "worksheet.reopen": {
    lead: mayWhen("step_up"),
    qsa_lead: inReview("not_withdrawn", "step_up"),
    isa: inReview("not_withdrawn", "step_up"),
    officer: inReview("not_withdrawn", "step_up"),
  },

  "comment.shared": TALKING,
  "comment.private": TALKING,
  "thread.read": TALKING,
  "thread.reply": TALKING,
  "thread.resolve": {
    lead: mayWhen("opener_side"),
    qsa_lead: afterSubmission,
    qsa_assistant: afterSubmission,
    isa: afterSubmission,
    officer: afterSubmission,
  },

  "worksheet.export": READING,
  "workbook.export": WORKBOOK_READERS,
  "workbook.import": { lead: may, contributor: may },
  "engagement.export_all": { lead: mayWhen("step_up") },
  "trail.read": trailReaders(may),
  "trail.export": trailReaders(mayWhen("step_up")),
};
