/**
 * The file in which an engagement leaves a service and comes into another: JSON Lines, in this order: what it is; the list of the
 * signer's keys; rows, a line each, whom others point to first; the files of its evidence, in parts; and its end, with the SHA-256
 * of every byte before.
 */
export const MOVE_FORMAT = "countervail.engagement.v1";

/** Tables of which a file has rows, in the order in which they can be put in. */
export const MOVED_TABLES = [
  "organisation",
  "app_user",
  "membership",
  "engagement",
  "moved_key_set",
  "engagement_member",
  "scope_answer",
  "disposition",
  "control_record",
  "worksheet",
  "worksheet_origin",
  "worksheet_author",
  "worksheet_assignee",
  "section",
  "evidence",
  "blob",
  "evidence_file",
  "revision",
  "worksheet_transition",
  "thread",
  "comment",
  "criterion_decision",
  "sign_off",
] as const;
export type MovedTable = (typeof MOVED_TABLES)[number];

/** Those whose rows are the engagement's own and name it. */
export const ENGAGEMENT_TABLES = MOVED_TABLES.slice(MOVED_TABLES.indexOf("engagement") + 1);

/** A row that may be there already: companies and people take part in more than one engagement. */
export const SHARED_TABLES: readonly MovedTable[] = ["organisation", "app_user", "membership"];

/** Bytes of a file that one line holds at most. */
export const PART_BYTES = 192 * 1024;

/** The first line. */
export interface MoveHead {
  readonly format: typeof MOVE_FORMAT;
  /** The id of the service that it comes from. */
  readonly service: string;
  readonly engagementId: string;
  readonly organisationId: string;
  /** The catalogue that the engagement keeps to. */
  readonly catalogueVersion: string;
  /** ISO 8601. */
  readonly exportedAt: string;
}

/** The last line. */
export interface MoveEnd {
  readonly rows: number;
  readonly files: number;
  /** SHA-256, hex, of all bytes before this line. */
  readonly sha256: string;
}

/** The ids of people that a row names, wherever it does. */
export function peopleIn(row: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(row).flatMap(([column, value]) => {
    if (!/(?:^|_)(?:by_id|user_id|signer_id|author_id|owner_id|author_ids)$/.test(column)) return [];
    return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
  });
}
