import { createHash } from "node:crypto";

/** What has a version: how people call it, and the parameters of an address that name it, none for the organisation's own. */
const THINGS = {
  engagement: { words: "the engagement", by: ["engagementId"] },
  scope: { words: "the answers of the scope", by: ["engagementId"] },
  disposition: { words: "the row of the workbook", by: ["dispositionId"] },
  control: { words: "the shared control", by: ["controlId"] },
  worksheet: { words: "the worksheet", by: ["worksheetId"] },
  section: { words: "the section", by: ["worksheetId", "section"] },
  eligibility: { words: "the answers to the gate", by: ["worksheetId"] },
  criterion: { words: "the decision on the criterion", by: ["worksheetId", "criterion"] },
  evidence: { words: "the evidence", by: ["evidenceId"] },
  policy: { words: "the security policy", by: [] },
  thresholds: { words: "the thresholds of the checks", by: [] },
  logo: { words: "the logo", by: [] },
  sso: { words: "the single sign-on", by: [] },
  serviceAccount: { words: "the service account", by: ["serviceId"] },
  webhook: { words: "the webhook", by: ["webhookId"] },
} as const satisfies Readonly<Record<string, { readonly words: string; readonly by: readonly string[] }>>;

/** A kind of thing that has a version. */
export type Thing = keyof typeof THINGS;

/** Of what the versions of a handler are: the one that its reply has, and the one that its change is written over. */
export type VersionOf = Thing | { readonly reply: Thing; readonly over: Thing };

/** One thing that has a version. */
export interface OneThing {
  readonly words: string;
  /** Tells it from every other one: 11 characters of a SHA-256 over its kind and ids. */
  readonly mark: string;
}

/** Where a thing is named: an address, and whose organisation asks. */
export interface Place {
  readonly params: unknown;
  readonly organisationId: string | null;
}

/** What a change at this address is written over; null where nothing there has a version. */
export function changedThing(of: VersionOf | undefined, place: Place): OneThing | null {
  if (of === undefined) return null;
  const kind = typeof of === "string" ? of : of.over;
  return oneOf(kind, idsAt(kind, place));
}

/**
 * What the version of a reply is of. Its own id goes before the address's: what was added to a collection is the same thing
 * there and at its own address.
 */
export function repliedThing(of: VersionOf | undefined, place: Place, reply: unknown): OneThing | null {
  if (of === undefined) return null;
  const kind = typeof of === "string" ? of : of.reply;
  const { id } = (reply ?? {}) as { readonly id?: unknown };
  return oneOf(kind, THINGS[kind].by.length === 1 && typeof id === "string" ? [id] : idsAt(kind, place));
}

function idsAt(kind: Thing, { params, organisationId }: Place): readonly string[] {
  const { by } = THINGS[kind];
  const given = { ...(params ?? {}) } as Readonly<Record<string, unknown>>;
  const ids = by.length === 0 ? [organisationId] : by.map((name) => given[name]);
  return ids.map((id) => {
    // A part that is left out would make one thing of many.
    if (typeof id !== "string") throw new Error(`The address of ${THINGS[kind].words} does not say which it is.`);
    return id;
  });
}

function oneOf(kind: Thing, ids: readonly string[]): OneThing {
  const digest = createHash("sha256")
    .update(JSON.stringify([kind, ...ids]))
    .digest("base64url");
  return { words: THINGS[kind].words, mark: digest.slice(0, 11) };
}
