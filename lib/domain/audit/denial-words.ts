import type { Action } from "@/lib/domain/access/actions";
import type { Condition } from "@/lib/domain/access/conditions";
import type { TokenDenial } from "@/lib/domain/access/token-rights";
import { KIND_WORDS } from "@/lib/domain/records/kinds";

/** Every action as what somebody wanted to do: "… was not allowed to sign a worksheet". */
const WANTED: Readonly<Record<Action | "account.factors" | "account.tokens" | "token.use", string>> = {
  "account.factors": "change their second factors",
  "account.tokens": "make an API token",
  "token.use": "do by an API token what only a person does",
  "service.settings": "change the service's settings",
  "organisation.read": "read an organisation",
  "organisation.settings": "change an organisation's settings",
  "organisation.invite": "invite a person",
  "organisation.accounts": "see the accounts of an organisation",
  "organisation.people": "change a person's role or account",
  "organisation.services": "change a service account, or make a token for one",
  "organisation.trail": "read the organisation's trail",
  "organisation.trail_export": "export the organisation's trail",
  "engagement.create": "create an engagement",
  "engagement.read": "read an engagement",
  "engagement.settings": "change an engagement's settings",
  "engagement.roll_forward": "roll an engagement forward",
  "engagement.people": "give or take roles of an engagement",
  "assessor.invite": "invite an assessor company",
  "assessor.accept": "accept an engagement",
  "assessor.staff": "name the assessor's people",
  "scope.read": "read the scope",
  "scope.answer": "answer the scope",
  "disposition.read": "read the workbook",
  "disposition.add": "add a requirement",
  "disposition.decide": "decide on a requirement",
  "control.read": "read the register of controls",
  "control.write": "change the register of controls",
  "control.share": "make a control shared",
  "readiness.read": "read how ready the engagement is",
  "worksheet.create": "open a worksheet",
  "record.open": "open a record",
  "worksheet.read": "read a worksheet",
  "worksheet.edit": "write a worksheet",
  "worksheet.assign": "assign a worksheet",
  "evidence.add": "add evidence",
  "evidence.change": "change evidence",
  "evidence.remove": "remove evidence",
  "finding.override": "answer a finding",
  "criteria.answer": "answer the criteria",
  "criteria.propose": "propose on the criteria",
  "criteria.decide": "decide on the criteria",
  "worksheet.submit": "submit a worksheet",
  "worksheet.approve_internally": "approve a worksheet internally",
  "worksheet.send_back": "send a worksheet back",
  "worksheet.request_changes": "ask for changes to a worksheet",
  "worksheet.sign": "sign a worksheet",
  "worksheet.refuse": "refuse a worksheet",
  "worksheet.withdraw": "withdraw a worksheet",
  "worksheet.revoke": "revoke a signature",
  "worksheet.reopen": "reopen a worksheet",
  "comment.shared": "open a thread",
  "comment.private": "write a private note",
  "thread.read": "read a thread",
  "thread.reply": "reply in a thread",
  "thread.resolve": "resolve a thread",
  "worksheet.export": "export a worksheet",
  "workbook.import": "bring a table or a plan into the workbook",
  "workbook.export": "export the workbook",
  "engagement.export_all": "take out all data of the engagement",
  "trail.read": "read the trail",
  "trail.export": "export the trail",
};

/** Why it was denied, where that is more than a missing role. */
const BECAUSE: Readonly<Partial<Record<Condition | TokenDenial | "not_visible" | "unknown_target", string>>> = {
  not_visible: "it does not exist for them",
  unknown_target: "there is no such thing",
  assigned: "it is assigned to somebody else",
  own_row: "it belongs to somebody else",
  own_signature: "somebody else signed",
  submitted_revision: "nothing was submitted yet",
  signed_revision: "it is not signed",
  opener_side: "the assessor opened it",
  not_withdrawn: "it was withdrawn",
  not_an_author: "they wrote part of it",
  outside_the_entity: "the assessor company decides",
  not_the_decider: "they decide over it",
  not_own_role: "nobody changes their own role",
  accepted: "the assessor company has not accepted yet",
  not_yet_accepted: "it was accepted before",
  leads_engagements: "they lead no engagement",
  token_act: "no API token does that",
  token_scope: "the API token only reads",
  token_reach: "the API token is limited to other engagements",
};

/**
 * A denial as the end of a sentence, with a record by what it is. The stored names are of their time: one that this version does not know is shown
 * as it is. To be asked to show again who one is, is no refusal, and is told as what it is.
 */
export function denialWords(attempted: unknown, code: unknown, kind?: unknown): string {
  const known = typeof attempted === "string" ? (lookUp(WANTED, attempted) ?? `do “${attempted}”`) : "do something";
  const noun = typeof kind === "string" ? lookUp(KIND_WORDS, kind) : undefined;
  const wanted = noun ? known.replace("a worksheet", `a ${noun}`) : known;
  if (code === "step_up") return `was asked to show again who it is, to ${wanted}`;
  const because = typeof code === "string" ? lookUp(BECAUSE, code) : undefined;
  return `was not allowed to ${wanted}: ${because ?? "no role for it"}`;
}

function lookUp(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
