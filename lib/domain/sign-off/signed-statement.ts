import { STANDARD_VERSIONS } from "@/lib/domain/catalogue/standard-version";
import { utf8 } from "@/lib/domain/proof/bytes";
import { type Json, parseCanonical, writeCanonical } from "@/lib/domain/proof/canonical";
import {
  count,
  day,
  digest,
  instant,
  listOf,
  oneOf,
  orNull,
  type Read,
  record,
  someText,
  text,
  uuid,
} from "@/lib/domain/proof/read";
import { RECORD_KINDS } from "@/lib/domain/records/kinds";
import { err, ok, type Result } from "@/lib/domain/result";
import { CRITERION_OUTCOMES } from "@/lib/domain/workflow/criteria-gate";
import { CRITERION_IDS } from "@/lib/domain/worksheet/criteria";

/** Type of the envelope around a statement of a sign-off. */
export const SIGN_OFF_TYPE = "application/vnd.countervail.sign-off.v1+json";
const TYPE = "countervail.sign-off.v1";

const evidenceFile = record({ name: text, size: count, type: text, sha256: digest, scan: orNull(text) });

const evidence = record(
  {
    id: uuid,
    title: text,
    kind: oneOf("link", "file"),
    files: listOf(evidenceFile, 1_000),
    collectedOn: orNull(day),
    validUntil: orNull(day),
  },
  { url: text },
);

const criterion = record({
  id: oneOf(...CRITERION_IDS),
  number: someText,
  outcome: oneOf(...CRITERION_OUTCOMES),
  note: orNull(text),
  by: uuid,
  at: instant,
});

const members = {
  type: oneOf(TYPE),
  service: uuid,
  id: uuid,
  kind: oneOf("signed", "refused", "revoked", "reopened"),
  wording: record({ version: someText, text: someText }),
  worksheet: record(
    {
      id: uuid,
      engagementId: uuid,
      requirement: someText,
      standardVersion: oneOf(...STANDARD_VERSIONS),
      revision: count,
      sha256: digest,
    },
    // Named for records alone: a statement over a compensating controls worksheet names none.
    { kind: oneOf(...RECORD_KINDS) },
  ),
  evidence: listOf(evidence, 10_000),
  evidenceSha256: digest,
  commentsSha256: orNull(digest),
  catalogue: record({ version: someText, sha256: digest }),
  signer: record({ id: uuid, name: text, role: text, firm: orNull(text) }),
  authentication: record({
    methods: listOf(someText, 20),
    stepUpAt: orNull(instant),
    kind: oneOf("passkey", "server_witnessed"),
  }),
  reason: orNull(text),
  supersedes: orNull(digest),
  validUntil: orNull(day),
  at: instant,
};

/** Statements from before criteria were decided one by one have none of them. */
const statement = record(members, { criteria: listOf(criterion, 20), criteriaSha256: digest });

/** What somebody signed, refused, revoked or reopened, with all that it rests on. Its identity is the SHA-256 of its bytes. */
export type SignOffStatement = Omit<Read<typeof statement>, "type">;

/** A piece of evidence as a statement names it. */
export type StatedEvidence = SignOffStatement["evidence"][number];

/** A criterion as a statement names what was decided over it, by whom and when. */
export type StatedCriterion = NonNullable<SignOffStatement["criteria"]>[number];

/** The bytes of a list of decided criteria, whose SHA-256 a statement holds. @throws RangeError when a text is not well-formed */
export function writeCriteria(list: readonly StatedCriterion[]): Uint8Array {
  return canonicalBytes(list as unknown as Json);
}

/** The bytes of a list of evidence, whose SHA-256 a statement holds. @throws RangeError when a text is not well-formed */
export function writeEvidence(list: readonly StatedEvidence[]): Uint8Array {
  return canonicalBytes(list as unknown as Json);
}

/** The bytes that are signed. @throws RangeError when a text is not well-formed or the statement is not of its form */
export function writeSignOff(content: SignOffStatement): Uint8Array {
  const bytes = canonicalBytes({ ...content, type: TYPE } as unknown as Json);
  if (!parseSignOff(bytes).ok) throw new RangeError("This is not a statement of a sign-off.");
  return bytes;
}

/** Reads a statement strictly. @returns why it is none, as the end of a sentence */
export function parseSignOff(bytes: Uint8Array): Result<SignOffStatement, string> {
  const json = parseCanonical(bytes);
  if (!json.ok) return json;
  const read = statement(json.value);
  if (!read) return err("it has not the form of a statement of a version known here");
  const { type: _, ...content } = read;
  return ok(content);
}

function canonicalBytes(value: Json): Uint8Array {
  const written = writeCanonical(value);
  if (written === null) throw new RangeError("A text of this statement is not well-formed.");
  return utf8(written);
}
