import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { moveIn } from "@/lib/backup/move-in";
import { checkMoved, type MovedFile } from "@/lib/backup/read-moved";
import { startTemporaryServer } from "@/lib/db/embedded/temporary";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope, verifyEnvelope } from "@/lib/domain/proof/envelope";
import { activeKey, type KeySet, verifyKeyOf, verifyKeySet } from "@/lib/domain/proof/key-set";
import { SIGN_OFF_TYPE } from "@/lib/domain/sign-off/signed-statement";
import { OperatorError } from "@/lib/operator-error";
import { recordSigningKeys } from "@/lib/services/keys/record-signing-keys";
import { listWorksheets } from "@/lib/services/worksheet/list-worksheets";
import { digestOf } from "@/lib/services/worksheet/seal";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { seedDemo } from "@/prisma/seed/demo";
import { startTestSigner } from "@/test/signer";
import { NOW, Service } from "./move/service";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";

/** Bytes of the files that are changed, each time one. */
const CHANGES = { long: 200, short: 15 } as const;

/** An engagement of the demo, and somebody who leads it. */
interface Leaving {
  readonly engagementId: string;
  readonly leadId: string;
}

/** Counts what was moved and tried. */
interface Tally {
  rows: number;
  digests: number;
  signatures: number;
  refused: number;
}

/**
 * Proves that leaving is easy: every engagement of the demo is taken out by its lead, and put into a service that holds
 * nothing. There it is the same to the last row, when it is taken out again; revisions have the digests they had, the
 * statements of decisions still verify by the keys that came along, signatures stand as they stood, and the trail there
 * tells every row. In the long form each goes on from there into a third service, and is held against the first: what signed
 * its decisions has to come along twice. A file that was cut or changed anywhere is refused, and so is one that comes twice.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const temporary = await startTemporaryServer();
  const here = await Service.start(temporary, "here");
  const there = await Service.start(temporary, "there");
  const beyond = short ? null : await Service.start(temporary, "beyond");
  const signer = await startTestSigner(here.addresses, () => NOW, true);
  const tally: Tally = { rows: 0, digests: 0, signatures: 0, refused: 0 };
  try {
    await recordSigningKeys({ ...here.nobody(), signer: signer.client });
    await seedDemo(here.addresses.appUrl, here.secrets, signer.client, NOW.toISOString().slice(0, 10));
    const leaving = await engagementsOf(here);
    const roots = [activeKey(await signer.keySet(), "root")?.id ?? ""];
    for (const one of leaving) {
      const path = await here.takeOut(one.leadId, one.engagementId);
      await tryChanges(path, new Random(seed), short ? CHANGES.short : CHANGES.long, findings, tally);
      await move(path, there, roots, findings, tally);
      await compare(one, path, here, there, findings, tally);
      if (!beyond) continue;
      const onward = await there.takeOut(one.leadId, one.engagementId);
      await move(onward, beyond, roots, findings, tally);
      await compare(one, path, here, beyond, findings, tally);
    }
    for (const [name, service] of [["there", there] as const, ...(beyond ? [["beyond", beyond] as const] : [])]) {
      const { findings: strays, uncovered } = await service.verify();
      for (const { words } of strays) findings.add(`the trail ${name}: ${words}`);
      findings.expect(uncovered.size === 0, `the trail ${name} does not tell every row`);
    }
    return findings.result(
      `${leaving.length} engagements of the demo, ${tally.rows} rows, moved into an empty service${beyond ? ", and on into a third" : ""}: the same rows, ${tally.digests} digests, ${tally.signatures} statements verified; ${tally.refused} changed files refused`,
    );
  } finally {
    await signer.remove();
    await here.stop();
    await there.stop();
    await beyond?.stop();
    await temporary.remove();
  }
};

function engagementsOf(service: Service): Promise<Leaving[]> {
  return service.rows<Leaving>(
    `SELECT DISTINCT ON (e.id) e.id AS "engagementId", m.user_id AS "leadId"
     FROM engagement e JOIN engagement_member m ON m.engagement_id = e.id AND m.role = 'lead' ORDER BY e.id, m.user_id`,
  );
}

async function move(
  path: string,
  there: Service,
  roots: readonly string[],
  findings: Findings,
  tally: Tally,
): Promise<void> {
  const file = await checkMoved(path);
  const known = (await there.rows<{ id: string }>("SELECT id FROM organisation")).map(({ id }) => id);
  const moved = await put(file, there, known, roots);
  findings.expect(moved.files === file.files, "not every file came in");
  tally.rows += moved.rows;
  const again = await put(file, there, [...known, file.head.organisationId], roots).catch((error: unknown) => error);
  findings.expect(again instanceof OperatorError, "an engagement came in twice");
}

function put(
  file: MovedFile,
  { addresses, store, draftFolder }: Service,
  known: readonly string[],
  roots: readonly string[],
) {
  const place = { ownerUrl: addresses.ownerUrl, store, draftFolder, now: NOW, known, roots, scans: false };
  return moveIn(file, place, ({ userId }) => ({ tokenHash: digestOf(userId), expiresAt: NOW }));
}

/** Looks at an engagement in both places, as its lead. */
async function compare(
  { engagementId, leadId }: Leaving,
  path: string,
  here: Service,
  there: Service,
  findings: Findings,
  tally: Tally,
): Promise<void> {
  const name = `engagement ${engagementId}`;
  const [before, after] = [await linesOf(path), await linesOf(await there.takeOut(leadId, engagementId))];
  // The keys of the service that it left are among the rows from then on.
  const rows = (lines: readonly string[]) =>
    lines.filter((line) => !/^\{"(?:format|keys|end|table":"moved_key_set)"/.test(line));
  findings.expect(isDeepStrictEqual(rows(after), rows(before)), `${name}: other rows or files than before`);
  const standing = async (service: Service) =>
    (await listWorksheets(await service.as(leadId), engagementId)).items.map(({ id, state, validity, revision }) => ({
      ...{ id, state, validity: validity?.status, revision },
    }));
  findings.expect(
    isDeepStrictEqual(await standing(there), await standing(here)),
    `${name}: a worksheet stands otherwise than before`,
  );
  await verifyDecisions(name, after, engagementId, there, findings, tally);
}

/** What is stored there is what its digest says, and what somebody signed is still what the keys vouch for that leave with it again. */
async function verifyDecisions(
  name: string,
  lines: readonly string[],
  engagementId: string,
  there: Service,
  findings: Findings,
  tally: Tally,
): Promise<void> {
  const revisions = await there.rows<{ content: string; digest: string }>(
    `SELECT content, digest FROM revision WHERE engagement_id = '${engagementId}'`,
  );
  for (const { content, digest } of revisions) {
    findings.expect(digestOf(content) === digest, `${name}: a revision has another digest`);
    tally.digests += 1;
  }
  const set = await keysIn(lines);
  const decisions = await there.rows<{ envelope: string; statement: string }>(
    `SELECT envelope, statement FROM sign_off WHERE engagement_id = '${engagementId}'`,
  );
  for (const { envelope, statement } of decisions) {
    const read = parseEnvelope(utf8(envelope));
    const known = (set?.keys ?? []).filter(({ purpose }) => purpose === "statement").map(verifyKeyOf);
    const verdict = read.ok ? await verifyEnvelope(read.value, SIGN_OFF_TYPE, known, checkSignature) : null;
    const holds = verdict?.ok && verdict.value.signedBy.length > 0 && verdict.value.unknown.length === 0;
    findings.expect(Boolean(holds), `${name}: the signature of a statement does not verify`);
    findings.expect(read.ok && Buffer.from(read.value.payload).toString() === statement, `${name}: another statement`);
    tally.signatures += 1;
  }
}

async function keysIn(lines: readonly string[]): Promise<KeySet | null> {
  const line = lines.find((one) => one.startsWith('{"table":"moved_key_set"'));
  const envelope = parseEnvelope(utf8(line ? (JSON.parse(line) as { row: { envelope: string } }).row.envelope : ""));
  const verdict = envelope.ok ? await verifyKeySet(envelope.value, sha256, checkSignature) : null;
  return verdict?.ok ? verdict.value.set : null;
}

async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
}

/** Changes single bytes, and cuts: nothing of it is taken for the file that was exported. */
async function tryChanges(path: string, random: Random, most: number, findings: Findings, tally: Tally): Promise<void> {
  const bytes = await readFile(path);
  const changed = `${path}.changed`;
  for (let count = 0; count < most; count += 1) {
    const copy = Buffer.from(bytes);
    const at = random.int(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.int(7));
    await writeFile(changed, count % 5 === 0 ? bytes.subarray(0, at) : copy);
    const outcome = await checkMoved(changed).catch((error: unknown) => error);
    findings.expect(outcome instanceof OperatorError, `a file with byte ${at} changed, or cut there, was taken`);
    tally.refused += 1;
  }
}
