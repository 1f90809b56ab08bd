import type { AuditAction } from "@/lib/domain/audit/event-types";
import type { ExportKind } from "@/lib/domain/export/states";
import type { WebhookType } from "@/lib/domain/webhooks/event-types";

/**
 * Which of an engagement's two companies are told. Whether the assessor company may know of the worksheet at all is decided
 * behind this, by the database (migration 0037): it has to have accepted, and a revision to have been submitted.
 */
export type Audience = "owner" | "assessor" | "both" | "owner_and_actor" | "asker";

/** What an event becomes for those who want to be told. */
export interface Announcement {
  readonly type: WebhookType;
  readonly audience: Audience;
  /** Where the API tells more, from `/api/v1` on. */
  readonly path: string;
  /** Ids, states and numbers; never text of people's. */
  readonly data: Readonly<Record<string, unknown>>;
}

type Payload = Readonly<Record<string, unknown>>;
interface Rule {
  readonly type: WebhookType;
  readonly audience: Audience;
  /** Names in the event's detail that may be told, as they are. */
  readonly tells?: readonly string[];
  /** What is told in the public list's words where the event has others. */
  readonly says?: (detail: Payload) => Readonly<Record<string, unknown>>;
  /** Below what the address lies; the worksheet unless said otherwise, or the engagement where there is none. */
  readonly at?: "engagement" | "dispositions" | "members" | "control" | "criteria" | "threads" | "export";
}

const MOVE = ["from", "to", "revision"] as const;
const section: Rule = { type: "worksheet.section_saved", audience: "owner", tells: ["section", "version"] };
const evidence = (type: WebhookType): Rule => ({ type, audience: "owner", tells: ["evidenceId", "section", "fileId"] });
const disposition: Rule = { type: "disposition.changed", audience: "owner", at: "dispositions" };
const move = (type: WebhookType): Rule => ({ type, audience: "both", tells: MOVE });
const decision = (type: WebhookType): Rule => ({ type, audience: "both", tells: [...MOVE, "signOffId", "digest"] });
const thread = (type: WebhookType, ...tells: string[]): Rule => ({
  type,
  audience: "both",
  tells: ["threadId", "section", "criterion", ...tells],
  at: "threads",
});
const exported = (type: WebhookType, rest: Partial<Rule>): Rule => ({ type, audience: "asker", at: "export", ...rest });
const created: Rule = { type: "worksheet.created", audience: "owner", tells: ["requirementNumber"] };

/** What becomes of each event; one that is not here is nobody's to be told by webhooks. */
const RULES: Readonly<Partial<Record<AuditAction, Rule>>> = {
  "engagement.created": { type: "engagement.created", audience: "owner", at: "engagement" },
  "engagement.settings_changed": { type: "engagement.changed", audience: "both", at: "engagement" },
  "engagement.member_added": {
    type: "engagement.member_added",
    audience: "owner_and_actor",
    tells: ["personId", "role"],
    at: "members",
  },
  "engagement.member_removed": {
    type: "engagement.member_removed",
    audience: "owner_and_actor",
    tells: ["personId", "role"],
    at: "members",
  },
  "assessor.invited": {
    type: "engagement.assessor_invited",
    audience: "both",
    tells: ["assessorOrganisationId"],
    at: "engagement",
  },
  "assessor.accepted": { type: "engagement.assessor_accepted", audience: "both", at: "engagement" },
  "disposition.added": disposition,
  "disposition.decided": { ...disposition, tells: ["requirementNumber"] },
  "disposition.assigned": disposition,
  "control.recorded": {
    type: "control.changed",
    audience: "owner",
    tells: ["controlRecordId", "version"],
    at: "control",
  },
  "control.changed": {
    type: "control.changed",
    audience: "owner",
    tells: ["controlRecordId", "version"],
    at: "control",
  },
  "worksheet.opened": created,
  "record.opened": { ...created, tells: ["requirementNumber", "kind"] },
  "worksheet.carried_over": created,
  "section.saved": section,
  "worksheet.started": { ...section, tells: [] },
  "control.carried": section,
  "eligibility.answered": { ...section, tells: ["version"] },
  "worksheet.assigned": { type: "worksheet.assigned", audience: "owner", tells: ["assigneeIds"] },
  "worksheet.submitted": move("worksheet.submitted"),
  "worksheet.approved_internally": { ...move("worksheet.approved_internally"), audience: "owner" },
  "worksheet.sent_back": { ...move("worksheet.sent_back"), audience: "owner" },
  "worksheet.changes_requested": move("worksheet.changes_requested"),
  "worksheet.withdrawn": move("worksheet.withdrawn"),
  "worksheet.reopened": decision("worksheet.reopened"),
  "worksheet.signed": decision("worksheet.signed"),
  "worksheet.refused": decision("worksheet.refused"),
  "worksheet.revoked": decision("worksheet.revoked"),
  "evidence.added": evidence("evidence.added"),
  "evidence.file_added": evidence("evidence.added"),
  "evidence.file_reused": evidence("evidence.added"),
  "evidence.changed": evidence("evidence.changed"),
  "evidence.removed": evidence("evidence.removed"),
  "evidence.file_removed": evidence("evidence.removed"),
  "thread.opened": thread("thread.opened", "commentId"),
  "comment.added": thread("comment.added", "commentId"),
  "thread.resolved": thread("thread.resolved"),
  "thread.reopened": thread("thread.reopened"),
  "criterion.decided": {
    type: "criterion.decided",
    audience: "both",
    tells: ["criterion", "outcome", "revision", "threadId", "commentId"],
    at: "criteria",
  },
  // By the kinds of exports, as whoever asked for one named it.
  "pack.sealed": exported("export.done", { tells: ["exportId"], says: () => ({ what: "pack" satisfies ExportKind }) }),
  "export.made": exported("export.done", {
    tells: ["exportId"],
    says: ({ format }) => ({ what: (format === "docx" ? "document" : "workbook") satisfies ExportKind }),
  }),
  "export.failed": exported("export.failed", { tells: ["exportId", "what", "code"] }),
};

/**
 * What is told of an event, to whom: nothing for most, one thing for the others, and two where the companies are told
 * different things. Private notes and proposals carry no engagement in their payload, and are told to nobody.
 * @param payload the event's, before the states of its rows were added
 */
export function announcementsOf(payload: Payload): readonly Announcement[] {
  const { action, engagementId } = payload;
  if (typeof action !== "string" || typeof engagementId !== "string" || !Object.hasOwn(RULES, action)) return [];
  const rule = RULES[action as AuditAction];
  if (rule === undefined) return [];
  const detail = asObject(payload.detail);
  // What is handed over at once is no export that somebody waits for.
  if (rule.at === "export" && typeof detail.exportId !== "string") return [];
  // A discussion that was resolved already was resolved once.
  if (detail.changed === false) return [];
  const one = announce(payload, detail, rule);
  // The entity's internal review is its own: the assessor company knows a worksheet from its submission on.
  const inside = detail.from === "internal_review" || detail.to === "internal_review";
  if (!inside || rule.audience !== "both") {
    return action === "worksheet.approved_internally" ? [one, asSubmitted(one)] : [one];
  }
  const own: Announcement = { ...one, audience: "owner" };
  // It may know the worksheet from an earlier revision; whether it does, the database decides.
  return action === "worksheet.withdrawn" ? [own, { ...withoutFrom(one), audience: "assessor" }] : [own];
}

/** What a message of a type may say beside who acted and where: the names of its fields, in no order. */
export function fieldsOf(type: WebhookType): ReadonlySet<string> {
  const rules = Object.values(RULES).filter((rule) => rule.type === type);
  return new Set(rules.flatMap(({ tells = [], says }) => [...tells, ...Object.keys(says?.({}) ?? {})]));
}

/** Where a worksheet came from within the entity is the entity's own. */
function withoutFrom(one: Announcement): Announcement {
  const { from: _from, ...data } = one.data;
  return { ...one, data };
}

/** What the assessor company is told of a worksheet that the internal review let through. */
function asSubmitted(one: Announcement): Announcement {
  // Who approved is the entity's internal reviewer, and no concern of the assessor company's.
  const { data } = withoutFrom(one);
  return { ...one, type: "worksheet.submitted", audience: "assessor", data: { ...data, actorId: null } };
}

function announce(payload: Payload, detail: Payload, rule: Rule): Announcement {
  const { actorId = null, actorOrganisationId = null, engagementId, worksheetId } = payload;
  const told = (rule.tells ?? []).filter((name) => detail[name] !== undefined).map((name) => [name, detail[name]]);
  return {
    type: rule.type,
    audience: rule.audience,
    path: pathOf(payload, detail, rule),
    data: {
      engagementId,
      ...(typeof worksheetId === "string" ? { worksheetId } : {}),
      actorId,
      actorOrganisationId,
      ...Object.fromEntries(told),
      ...rule.says?.(detail),
    },
  };
}

function pathOf({ engagementId, worksheetId }: Payload, detail: Payload, { at }: Rule): string {
  const engagement = `/api/v1/engagements/${engagementId}`;
  const worksheet = typeof worksheetId === "string" ? `/api/v1/worksheets/${worksheetId}` : engagement;
  switch (at) {
    case "engagement":
      return engagement;
    case "dispositions":
      return `${engagement}/dispositions`;
    case "members":
      return `${engagement}/members`;
    case "control":
      return `/api/v1/controls/${detail.controlRecordId}`;
    case "criteria":
      return `${worksheet}/criteria`;
    case "threads":
      return `${worksheet}/threads`;
    case "export":
      return `/api/v1/exports/${detail.exportId}`;
    default:
      return worksheet;
  }
}

function asObject(value: unknown): Payload {
  return typeof value === "object" && value !== null ? (value as Payload) : {};
}
