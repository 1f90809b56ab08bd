import { systemClock } from "@/lib/clock";
import { type Config, config } from "@/lib/config";
import { whileSegmentsStay } from "@/lib/db/segment-files";
import { utf8 } from "@/lib/domain/proof/bytes";
import { parseEnvelope } from "@/lib/domain/proof/envelope";
import { verifyKeySet } from "@/lib/domain/proof/key-set";
import type { KeyRecord } from "@/lib/domain/proof/keys";
import { SegmentFiles } from "@/lib/keeper/segment-files";
import { OperatorError } from "@/lib/operator-error";
import type { SegmentSource } from "@/lib/services/trail/verify-segments";
import type { TrailReport } from "@/lib/services/trail/verify-whole-trail";
import { openSigner } from "@/lib/signing/client";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { signerSocketPath } from "@/lib/signing/socket-path";
import { ownedDatabase } from "./support/installation";
import { generateClient } from "./support/prisma-client";

/** The most findings that are told one by one. */
const TOLD = 200;

/**
 * `npm run trail:verify`: recomputes every chain of the trail from its stored bytes, archived segments and events at hand
 * as one, compares every protected row with what the events tell of it, and says what is not as it was recorded. Works
 * beside the running service.
 * @returns 0 when everything agrees, 1 when something does not
 */
export async function main(args: readonly string[]): Promise<number> {
  const [unknown] = args;
  if (unknown !== undefined) throw new OperatorError(`trail:verify knows no ${unknown}.`);
  const settings = config();
  const url = await ownedDatabase(settings);
  await generateClient();
  return (await verifyAndTell(url, settings)) ? 0 : 1;
}

/**
 * Verifies the trail of a database and says what was found.
 * @param url the login that owns the tables
 * @param settings where the archived events and the signer are
 * @returns whether everything agrees
 */
export async function verifyAndTell(url: string, settings: Config): Promise<boolean> {
  const keys = await signersKeys(settings);
  const report = await verify(url, new SegmentFiles(settings.archive.folder), keys);
  for (const line of linesOf(report, keys !== null)) console.log(line);
  return report.findings.length === 0;
}

/** The keys as the signer tells them; null when it does not answer. */
async function signersKeys(settings: Config): Promise<readonly KeyRecord[] | null> {
  const signer = openSigner(signerSocketPath(settings));
  if ((await signer.health()) === null) return null;
  const envelope = parseEnvelope(utf8((await signer.keys()).keySet));
  const verdict = envelope.ok ? await verifyKeySet(envelope.value, sha256, checkSignature) : envelope;
  return verdict.ok ? verdict.value.set.keys : null;
}

async function verify(url: string, files: SegmentFiles, keys: readonly KeyRecord[] | null): Promise<TrailReport> {
  const { NO_SECRETS } = await import("@/lib/auth/secret-box");
  const { openDatabase } = await import("@/lib/db/database");
  const { NO_MAIL } = await import("@/lib/mail/mailer");
  const { NO_SIGNER } = await import("@/lib/signing/client");
  const { verifyWholeTrail } = await import("@/lib/services/trail/verify-whole-trail");
  const database = openDatabase(url, "any");
  try {
    const context = {
      database,
      clock: systemClock,
      secrets: NO_SECRETS,
      mail: NO_MAIL,
      signer: NO_SIGNER,
      requestId: "trail:verify",
      url: "",
      address: "unknown",
      actor: null,
    };
    const source: SegmentSource = {
      readEvents: (name) => files.readEvents(name),
      readDocument: (name) => files.readDocument(name),
      keys,
    };
    return await whileSegmentsStay(url, () => verifyWholeTrail(context, source));
  } finally {
    await database.close();
  }
}

/** The report in plain words: what is wrong first, then what was compared, then what could not be. */
function linesOf(report: TrailReport, isSignerThere: boolean): string[] {
  const { chains, events, segments, expired, gaps, rows, uncovered, findings } = report;
  const lines = findings.slice(0, TOLD).map(({ words }) => words);
  if (findings.length > TOLD) lines.push(`And ${findings.length - TOLD} more.`);
  lines.push(
    `${count(chains, "chain")} with ${count(events, "event")} recomputed; ${count(rows, "row")} found to be as the last event tells.`,
  );
  if (segments > 0) {
    const signed = isSignerThere ? "" : " Who signed them could not be checked, because the signer does not answer.";
    lines.push(`Of these events some lie in ${count(segments, "archive segment")}, which were read as well.${signed}`);
  }
  if (expired > 0) {
    lines.push(
      `The texts of ${count(expired, "event")} were given up after their time: of these the chain is computed from the hashes that were kept and signed.`,
    );
  }
  if (gaps > 0) {
    const signed = isSignerThere
      ? "the signature of its record was verified"
      : "who signed its record could not be checked, because the signer does not answer";
    lines.push(`${count(gaps, "gap")} recorded after data were put back; of each ${signed}.`);
  }
  const old = [...uncovered].map(([table, amount]) => `${table} ${amount}`).join(", ");
  if (old !== "") {
    lines.push(`Not covered, because their last events are from before states were kept: ${old}.`);
  }
  lines.push(
    findings.length === 0
      ? "Nothing was found. A history that was rewritten as a whole does not show here: compare with a checkpoint or a pack that somebody else holds."
      : `${count(findings.length, "finding")}: the database was changed behind the trail, or the trail itself was.`,
  );
  return lines;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
