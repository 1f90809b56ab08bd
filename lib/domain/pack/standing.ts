import type { WorksheetKind } from "@/lib/domain/records/kinds";
import type { SeenStatement } from "./examine-statements";

/** What the statements in a pack come to, for one worksheet. */
export type StandingStatus =
  | "signed"
  | "needs_revalidation"
  | "superseded"
  | "reopened"
  | "revoked"
  | "refused"
  | "not_signed";

/** How a worksheet stands by the pack, as of its checkpoint. */
export interface WorksheetStanding {
  readonly worksheetId: string;
  /** What it is; null for one that nobody has decided on. */
  readonly kind: WorksheetKind | null;
  readonly requirement: string | null;
  readonly standardVersion: string | null;
  /** The revision that the last statement is about, or the highest in the pack. */
  readonly revision: number;
  readonly status: StandingStatus;
  /** A sentence. */
  readonly says: string;
  readonly signer: { readonly name: string; readonly role: string; readonly firm: string | null } | null;
  readonly at: string | null;
  /** `passkey` when the person's own key has signed, `server_witnessed` when only the service says who it was. */
  readonly assurance: "passkey" | "server_witnessed" | null;
  readonly statementSha256: string | null;
}

/** What stands now for every worksheet of a pack. @param revisions every revision in it */
export function standingsOf(
  statements: readonly SeenStatement[],
  revisions: readonly { readonly id: string; readonly number: number }[],
  now: Date,
): WorksheetStanding[] {
  const ids = new Set([...revisions.map(({ id }) => id), ...statements.map(({ worksheet }) => worksheet.id)]);
  return [...ids].sort().map((id) => {
    const highest = Math.max(...revisions.filter((one) => one.id === id).map(({ number }) => number), 0);
    const about = statements.filter(({ worksheet }) => worksheet.id === id);
    const last = about.sort((a, b) => a.seq - b.seq || Date.parse(a.at) - Date.parse(b.at)).at(-1);
    return last ? standingOf(last, highest, now) : unsigned(id, highest);
  });
}

function unsigned(worksheetId: string, revision: number): WorksheetStanding {
  return {
    ...{
      worksheetId,
      kind: null,
      revision,
      requirement: null,
      standardVersion: null,
      signer: null,
      at: null,
      assurance: null,
    },
    statementSha256: null,
    status: "not_signed",
    says: `Nobody has signed this worksheet; revision ${revision} is in the pack.`,
  };
}

function standingOf(last: SeenStatement, highest: number, now: Date): WorksheetStanding {
  const { worksheet, signer, authentication, at, sha256 } = last;
  return {
    worksheetId: worksheet.id,
    kind: worksheet.kind ?? "ccw",
    requirement: worksheet.requirement,
    standardVersion: worksheet.standardVersion,
    revision: worksheet.revision,
    ...statusOf(last, highest, now.toISOString().slice(0, 10)),
    signer: { name: signer.name, role: signer.role, firm: signer.firm },
    at,
    assurance: authentication.kind,
    statementSha256: sha256,
  };
}

const CONTROLS = { noun: "worksheet", done: "The controls were", owed: "the controls have" };
const RECORD = { noun: "record", done: "The record was", owed: "the record has" };

function statusOf(
  { kind, worksheet, validUntil, evidence, reason }: SeenStatement,
  highest: number,
  today: string,
): Pick<WorksheetStanding, "status" | "says"> {
  const words = worksheet.kind ? RECORD : CONTROLS;
  const why = reason ? ` Reason: ${reason}` : "";
  if (kind === "revoked") return { status: "revoked", says: `The signature was withdrawn.${why}` };
  if (kind === "refused")
    return {
      status: "refused",
      says: `${words.done} not accepted.${why}`,
    };
  if (kind === "reopened") {
    const says = `Revision ${worksheet.revision} was decided on, and the ${words.noun} reopened since: nothing is decided of the next revision.${why}`;
    return { status: "reopened", says };
  }
  if (highest > worksheet.revision) {
    const says = `Revision ${worksheet.revision} was signed; revision ${highest} has taken its place.`;
    return { status: "superseded", says };
  }
  if (validUntil !== null && validUntil < today) {
    return {
      status: "needs_revalidation",
      says: `The signature counted until ${validUntil}: ${words.owed} to be judged anew.`,
    };
  }
  const expired = evidence.filter((one) => one.validUntil !== null && one.validUntil < today);
  if (expired[0]) {
    const more = expired.length > 1 ? ` and ${expired.length - 1} more` : "";
    return { status: "needs_revalidation", says: `Evidence has expired since: “${expired[0].title}”${more}.` };
  }
  const until = validUntil === null ? "" : ` It counts until ${validUntil}.`;
  return { status: "signed", says: `Revision ${worksheet.revision} is signed.${until}` };
}
