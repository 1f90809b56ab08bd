import type { EngagementRole } from "@/lib/domain/access/roles";
import { CONTROL_PHRASES } from "@/lib/domain/audit/control-details";
import { denialWords } from "@/lib/domain/audit/denial-words";
import {
  asFormat,
  count,
  documentWords,
  type EventDocument,
  exportWord,
  forPurposes,
  keyWords,
  lostOf,
  numbers,
  spanned,
  startWord,
  whereWords,
} from "@/lib/domain/audit/describe-words";
import { isAuditAction } from "@/lib/domain/audit/event-labels";
import type { AuditAction, AuditDetails, CriterionDetail, MoveDetail } from "@/lib/domain/audit/event-types";
import { FAILURE_WORDS } from "@/lib/domain/audit/failure-words";
import { ROLE_WORDS } from "@/lib/domain/audit/role-words";
import { SERVICE_ACCOUNT_PHRASES } from "@/lib/domain/audit/service-account-details";
import { ENDED_WORDS, METHOD_WORDS } from "@/lib/domain/audit/session-words";
import { TOKEN_PHRASES, tokensEndedWords } from "@/lib/domain/audit/token-details";
import { viewWords } from "@/lib/domain/audit/view-details";
import { WEBHOOK_PHRASES } from "@/lib/domain/audit/webhook-details";
import { KIND_WORDS } from "@/lib/domain/records/kinds";
import { OUTCOME_LABELS } from "@/lib/domain/workflow/criteria-gate";
import { DISPOSITION_LABELS, type Disposition } from "@/lib/domain/workflow/dispositions";
import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** What the sentence needs and the trail does not hold. */
export interface EventNames extends EventDocument {
  /** The name of a person, or words for somebody unknown. */
  readonly person: (id: string) => string;
}

/** Renders the part of a sentence after the person's name; `where` is " for 8.3.4", or empty (`whereWords`). */
type Phrases = {
  readonly [A in AuditAction]: (detail: Partial<AuditDetails[A]>, names: EventNames, where: string) => string;
};

const PHRASES: Phrases = {
  ...TOKEN_PHRASES,
  ...SERVICE_ACCOUNT_PHRASES,
  ...WEBHOOK_PHRASES,
  "organisation.created": () => "created the organisation",
  "set_up.failed": () => "tried to set the service up with a wrong code",
  "person.invited": ({ role }) => `invited a person${role === "admin" ? " as administrator" : ""}`,
  "person.joined": () => "accepted the invitation and joined",
  "invitation.resent": () => "sent an invitation again",
  "invitation.withdrawn": () => "withdrew an invitation",
  "invitation.failed": () => "opened a link that is no invitation any more, or never was",
  "person.role_changed": ({ personId, role }, names) =>
    `made ${whom(personId, names)} ${role === "admin" ? "an administrator" : "a member"} of the organisation`,
  "person.disabled": ({ personId, ...rest }, names) =>
    `disabled the account of ${whom(personId, names)}${tokensEndedWords(rest)}`,
  "person.enabled": ({ personId }, names) => `enabled the account of ${whom(personId, names)} again`,
  "person.unlocked": ({ personId }, names) => `unlocked the account of ${whom(personId, names)}`,
  "person.locked": ({ personId, by }, names) =>
    `locked the account of ${whom(personId, names)} after too many ${by === "codes" ? "wrong codes; an administrator has to unlock it" : "failures"}`,
  "person.sessions_ended": ({ personId, sessionIds }, names) =>
    `ended ${count(sessionIds?.length, "session")} of ${whom(personId, names)}`,
  "password.changed": (detail) => `changed the own password${tokensEndedWords(detail)}`,
  "password.reset_requested": ({ userId, outcome }, names) =>
    `asked for a new password${userId ? ` of ${names.person(userId)}` : ""}${outcome === "mailed" ? "" : `: ${FAILURE_WORDS[outcome ?? ""] ?? "nothing was sent"}`}`,
  "password.reset_made": ({ personId, ...rest }, names) =>
    `ended the password of ${whom(personId, names)}${tokensEndedWords(rest)}`,
  "password.reset": (detail) => `chose a new password by a link${tokensEndedWords(detail)}`,
  "password.reset_failed": () => "opened a link for a new password that works no more, or never did",
  "session.started": ({ stage }) => (stage === "factor" || stage === "enrol" ? "began to sign in" : "signed in"),
  "session.factor_shown": ({ method, stage }) =>
    `showed ${METHOD_WORDS[method ?? ""] ?? "a second factor"}${stage === "full" ? " and signed in" : ""}`,
  "session.factor_failed": ({ method, reason }) =>
    `failed to show ${METHOD_WORDS[method ?? ""] ?? "a second factor"}${reason === "locked" ? ": the account was locked" : ""}`,
  "session.ended": ({ reason, sessionIds }) =>
    ENDED_WORDS[reason ?? ""]?.(sessionIds?.length ?? 1) ?? "ended a session",
  "session.failed": ({ userId, reason }, names) =>
    `failed to sign in${userId ? ` as ${names.person(userId)}` : ""}: ${FAILURE_WORDS[reason ?? ""] ?? "refused"}`,
  "factor.begun": () => "began to set up an authenticator app",
  "factor.enrolled": ({ kind }) => `added ${METHOD_WORDS[kind ?? ""] ?? "a second factor"}`,
  "factor.renamed": () => "renamed a passkey",
  "factor.removed": ({ kind }) => `removed ${METHOD_WORDS[kind ?? ""] ?? "a second factor"}`,
  "factor.reset_requested": ({ personId, reason }, names) =>
    `asked to remove the second factors of ${whom(personId, names)}${quoted(reason)}`,
  "factor.reset_approved": ({ personId, ...rest }, names) =>
    `agreed to remove the second factors of ${whom(personId, names)}, which are gone${tokensEndedWords(rest)}`,
  "factor.reset_declined": ({ personId }, names) => `declined to remove the second factors of ${whom(personId, names)}`,
  "recovery_codes.made": () => "made new recovery codes",
  "policy.changed": () => "changed the security policy",
  "logo.changed": ({ sha256 }) => (sha256 === null ? "took the logo away" : "set the logo"),
  "thresholds.changed": () => "changed the thresholds of the checks",
  "sso.changed": ({ enabled }) =>
    enabled === undefined ? "changed the single sign-on" : `switched single sign-on ${enabled ? "on" : "off"}`,
  "sso.linked": () => "signed in by single sign-on for the first time, which is linked to the account now",
  "sso.account_made": () => "got an account by signing in by single sign-on",
  "sso.glass_broken": () => "showed a password or passkey past the single sign-on, as its one administrator may",
  "session.stepped_up": () => "showed again that it is them",
  "session.step_up_failed": ({ reason }) =>
    `failed to show again that it is them${reason ? `: ${FAILURE_WORDS[reason] ?? "refused"}` : ""}`,
  "access.denied": ({ attempted, code, kind }) => denialWords(attempted, code, kind),
  "engagement.created": ({ name }) => `created the engagement${name ? ` “${name}”` : ""}`,
  "engagement.settings_changed": () => "changed the engagement's settings",
  "engagement.member_added": ({ personId, role }, names) => `made ${whom(personId, names)} ${roleWord(role)}`,
  "engagement.member_removed": ({ personId, role }, names) =>
    `took the role ${roleWord(role)} from ${whom(personId, names)}`,
  "assessor.invited": () => "invited the assessor company",
  "assessor.accepted": () => "accepted the engagement for the assessor company",
  "scope.answered": ({ added }) => `answered the scope${added?.length ? `, which added ${numbers(added)}` : ""}`,
  "disposition.added": ({ requirementNumbers }) => `added ${numbers(requirementNumbers)} to the workbook`,
  "disposition.decided": ({ requirementNumber, disposition }) =>
    disposition
      ? `set ${requirementNumber ?? "a requirement"} to “${dispositionWord(disposition)}”`
      : `changed the row of ${requirementNumber ?? "a requirement"}`,
  "disposition.assigned": ({ dispositionIds }) =>
    `set owner or due date of ${count(dispositionIds?.length, "requirement")}`,
  "worksheet.opened": ({ requirementNumber, start }) =>
    `opened a worksheet for ${requirementNumber ?? "a requirement"}${start ? `, begun from ${startWord(start)}` : ""}`,
  "record.opened": ({ kind, requirementNumber }) =>
    `opened the ${(kind && KIND_WORDS[kind]) ?? "record"} for ${requirementNumber ?? "a requirement"}`,
  "worksheet.started": (detail, _names, where) => `began the draft${where} from ${startWord(detail)}`,
  "worksheet.carried_over": ({ requirementNumber, from }) =>
    `carried ${from?.requirementNumber ? `the worksheet for ${from.requirementNumber}` : "a worksheet"} of PCI DSS ${from?.standardVersion ?? "3.2.1"} over to ${requirementNumber ?? "a requirement"}`,
  "worksheet.assigned": ({ assigneeIds }, names) =>
    assigneeIds?.length
      ? `gave ${documentWords(names)} to ${assigneeIds.map(names.person).join(", ")}`
      : `took ${documentWords(names)} back from everybody`,
  "section.saved": ({ section }, names, where) =>
    `saved ${sectionWord(section)}${where && ` of ${documentWords(names)}`}`,
  "eligibility.answered": (_detail, _names, where) => `answered whether the worksheet${where} is eligible`,
  "warning.answered": ({ rule, given }, _names, where) =>
    `${given ? "gave the reason for" : "took back the reason for"} a warning${rule ? ` of rule ${rule}` : ""}${where}`,
  ...CONTROL_PHRASES,
  "evidence.added": ({ section }, _names, where) => `added evidence to ${sectionWord(section)}${where}`,
  "evidence.changed": ({ section }, _names, where) => `changed evidence of ${sectionWord(section)}${where}`,
  "evidence.removed": ({ section }, _names, where) => `removed evidence of ${sectionWord(section)}${where}`,
  "evidence.file_added": ({ section, cardNumberAcknowledged }, _names, where) =>
    `added a file to ${sectionWord(section)}${where}${cardNumberAcknowledged ? ", saying that numbers in it are no card numbers" : ""}`,
  "evidence.file_reused": ({ section, files }, _names, where) =>
    `used ${count(files?.length, "file")} again for ${sectionWord(section)}${where}`,
  "evidence.file_removed": ({ section }, _names, where) => `removed a file from ${sectionWord(section)}${where}`,
  "evidence.file_refused": ({ section, virus }, _names, where) =>
    `tried to add a file to ${sectionWord(section)}${where} that the virus scanner objects to${virus ? `: ${virus}` : ""}`,
  "evidence.downloaded": (detail, _names, where) =>
    `downloaded a file of ${typeof detail.revision === "number" ? `revision ${detail.revision}` : "the draft"}${where}`,
  "evidence.link_checked": ({ section, outcome }, _names, where) =>
    `tried a link of ${sectionWord(section)}${where}${outcome ? `: ${outcome}` : ""}`,
  "evidence.scanned": ({ scan, virus }) =>
    scan === "infected"
      ? `had a file scanned that the virus scanner objects to${virus ? `: ${virus}` : ""}`
      : "had a file scanned, which is clean",
  "evidence.damage_found": () => "found a stored file damaged",
  "evidence.damage_mended": () => "found a stored file whole again that had been damaged",
  "evidence.freed": ({ count: amount }) => `freed the place of ${count(amount, "file")} that nothing names any more`,
  "evidence.swept": ({ looked, damaged }) =>
    `checked ${count(looked, "stored file")}: ${damaged ? `${damaged} damaged` : "all are whole"}`,
  "service.files_changed": ({ changed, added, removed }) =>
    `found files of the installation that differ from its start: ${count(changed?.length, "file")} changed, ${added?.length ?? 0} added, ${removed?.length ?? 0} removed`,
  "service.restored": ({ backupAt }) => `put the data back from a backup${backupAt ? ` of ${backupAt}` : ""}`,
  "service.gap_recorded": ({ reason, chains }) => `recorded a gap${lostOf(chains)}${quoted(reason)}`,
  "worksheet.submitted": (detail, _names, where) =>
    `submitted revision ${revision(detail)}${where}${detail.to === "internal_review" ? " for internal review" : ""}`,
  "worksheet.approved_internally": (detail, _names, where) =>
    `approved revision ${revision(detail)}${where} internally`,
  "worksheet.sent_back": (detail, names) => `sent ${documentWords(names)} back${because(detail)}`,
  "worksheet.changes_requested": (detail, _names, where) =>
    `asked for changes to revision ${revision(detail)}${where}${because(detail)}`,
  "worksheet.withdrawn": (detail, names) => `withdrew ${documentWords(names)}${because(detail)}`,
  "worksheet.reopened": (_detail, names) => `reopened ${documentWords(names)}`,
  "worksheet.signed": (detail, _names, where) => `signed revision ${revision(detail)}${where}`,
  "worksheet.refused": (detail, _names, where) => `refused revision ${revision(detail)}${where}${because(detail)}`,
  "worksheet.revoked": (detail, _names, where) =>
    `revoked the signature on revision ${revision(detail)}${where}${because(detail)}`,
  "thread.opened": ({ visibility, section }, names, where) =>
    `${visibility === "private" ? "wrote a private note" : "opened a thread"} on ${section ? `${sectionWord(section)}${where}` : documentWords(names)}`,
  "comment.added": (_detail, names, where) => `commented${where && ` on ${documentWords(names)}`}`,
  "thread.resolved": (_detail, names, where) => `resolved a thread${where && ` of ${documentWords(names)}`}`,
  "thread.reopened": (_detail, names, where) => `opened a thread again${where && ` in ${documentWords(names)}`}`,
  "criterion.decided": (detail, _names, where) => `found ${foundWords(detail)}${where}`,
  "criterion.proposed": (detail, _names, where) => `proposed to find ${foundWords(detail)}${where}`,
  "revision.viewed": (detail, _names, where) => viewWords(detail, where),
  "export.made": (detail, names, where) => `exported ${exportedWords(detail, names, where)}${asFormat(detail.format)}`,
  "engagement.moved_in": ({ service }) => `took the engagement over from service ${service ?? "unknown"}`,
  "export.requested": ({ what }) => `asked for ${exportWord(what)}`,
  "export.cancelled": ({ what }) => `cancelled the export of ${exportWord(what)}`,
  "export.failed": ({ what }) => `could not make the export of ${exportWord(what)}`,
  "export.handed_over": ({ what }) => `downloaded ${exportWord(what)}`,
  "export.removed": ({ what }) => `removed the finished export of ${exportWord(what)}`,
  "pack.sealed": ({ checkpointSize }) => `had a proof pack made over ${count(checkpointSize, "event")} of the trail`,
  "trail.viewed": () => "looked at the trail",
  "trail.archived": (detail) => `archived ${spanned(detail)}`,
  "trail.expired": (detail) => `gave up the archived ${spanned(detail)}, whose time was over`,
  "key.created": (detail) => `made ${keyWords(detail)}`,
  "key.rotated": ({ what, count: amount }) =>
    what === "secrets"
      ? `sealed ${count(amount, "secret")} anew under a fresh key`
      : `wrapped ${count(amount, "data key")} under the new key-encryption key`,
  "key.retired": (detail) => `retired ${keyWords(detail)}`,
  "key.destroyed": (detail) => `destroyed ${keyWords(detail)}`,
  "key.signing_created": ({ purposes }) => `made the signing keys${forPurposes(purposes)}`,
  "key.signing_rotated": ({ purposes }) => `replaced the signing key${forPurposes(purposes)}`,
  "key.signing_destroyed": ({ purposes }) => `destroyed the former signing key${forPurposes(purposes)}`,
  "catalogue.loaded": ({ catalogueVersion }) => `loaded the catalogue${catalogueVersion ? ` ${catalogueVersion}` : ""}`,
};

function exportedWords(
  { what, revision: number }: Partial<AuditDetails["export.made"]>,
  names: EventNames,
  where: string,
): string {
  if (number !== undefined) return `revision ${number}${where}`;
  return what === undefined || what === "worksheet" ? documentWords(names) : `the ${what}${where}`;
}

/**
 * An event as a sentence, for the trail's page: "Kim Lee signed revision 2 for 8.3.4."
 * An event that this version does not know is named as it was stored.
 * @param payload the stored payload, parsed; JSON of its time, so nothing in it is taken for granted
 */
export function describeEvent(payload: unknown, names: EventNames): string {
  const { action: stored, actorId, detail, origin } = asObject(payload);
  const action = typeof stored === "string" ? stored : "an event without a name";
  const person = who(typeof actorId === "string" ? actorId : null, action, names);
  const subject = asObject(origin).tokenId === undefined ? person : `${person}, by an API token,`;
  if (!isAuditAction(action)) return `${subject}: ${action}.`;
  // The name chose the phrase, so the detail is of that event; `Partial` keeps the phrase from relying on any field.
  const phrase = PHRASES[action] as (detail: object, names: EventNames, where: string) => string;
  const sentence = `${subject} ${phrase(asObject(detail), names, whereWords(names))}`;
  // A quoted reason brings its own full stop.
  return sentence.endsWith(".”") ? sentence : `${sentence}.`;
}

/** The ids of everybody whom the sentence or the facts name, so that their names can be read first. */
export function peopleIn(payload: unknown): readonly string[] {
  const { actorId, detail } = asObject(payload);
  const { personId, userId, assigneeIds, ownerId, breakGlassUserId, before } = asObject(detail);
  const listed = Array.isArray(assigneeIds) ? assigneeIds : [];
  const was = asObject(before);
  const all = [actorId, personId, userId, ownerId, was.ownerId, breakGlassUserId, was.breakGlassUserId, ...listed];
  return [...new Set(all.filter((id) => typeof id === "string"))];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function who(actorId: string | null, action: string, names: EventNames): string {
  if (actorId !== null) return names.person(actorId);
  return /^(session|password|invitation|token)\.|^access\.denied$/.test(action) ? "Somebody" : "The service";
}

function whom(id: string | undefined, names: EventNames): string {
  return id === undefined ? "somebody" : names.person(id);
}

function roleWord(role: EngagementRole | undefined): string {
  return role === undefined ? "member" : (ROLE_WORDS[role] ?? role);
}

function sectionWord(section: PartKey | null | undefined): string {
  return section ? `“${PART_LABELS[section] ?? section}”` : "a section";
}

/** `the criterion “The added risk” not met, on revision 2`. */
function foundWords(detail: Partial<CriterionDetail>): string {
  const { criterion, outcome } = detail;
  const title = criterion ? (CRITERION_TITLES[criterion] ?? criterion) : "of Appendix B";
  const found =
    outcome === "question" ? "to be asked about" : (OUTCOME_LABELS[outcome ?? "met"] ?? outcome).toLowerCase();
  return `the criterion “${title}” ${found}, on revision ${revision(detail)}`;
}

function dispositionWord(disposition: string): string {
  return DISPOSITION_LABELS[disposition as Disposition] ?? disposition;
}

function revision(detail: { readonly revision?: number }): string {
  return detail.revision === undefined ? "?" : String(detail.revision);
}

function because(detail: Partial<MoveDetail>): string {
  return quoted(detail.reason);
}

function quoted(reason: string | undefined): string {
  return reason ? `: “${reason}”` : "";
}
