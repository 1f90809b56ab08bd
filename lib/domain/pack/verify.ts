import { Ledger } from "./checks";
import { examineContent } from "./examine-content";
import { examineExtension, examineHistory, type OlderPack } from "./examine-history";
import { examineKeys, examineManifestSignature, examineRoot } from "./examine-keys";
import { filesOf, type OpenedPack, openPack, type PackSource } from "./examine-parts";
import { examineStatements } from "./examine-statements";
import { examineCheckpoint, examineEvents } from "./examine-trail";
import type { PackTools } from "./passkey";
import type { ConsistencyProof } from "./proofs";
import { type Findings, type PackReport, reportOf } from "./report";
import { standingsOf, type WorksheetStanding } from "./standing";

/** How a pack is to be verified. */
export interface VerifyOptions extends PackTools {
  /** Id of the root key that the reader trusts; null when there is none to compare with. */
  readonly trustedRoot: string | null;
  /** An older pack of the same trail that this one has to continue. */
  readonly older?: PackSource | undefined;
  /** The time to say by what has expired; it changes no verdict. */
  readonly now: Date;
}

interface Examined {
  readonly findings: Findings;
  /** Null when something is wrong, or missing so that nothing can be compared. */
  readonly intact: OlderPack | null;
}

/** Verifies a pack: every part by itself, and that the parts belong together. It never throws, whatever the files hold. */
export async function verifyPack(source: PackSource, options: VerifyOptions): Promise<PackReport> {
  const { findings } = await examine(source, options);
  return reportOf(findings);
}

async function examine(source: PackSource, options: VerifyOptions): Promise<Examined> {
  const ledger = new Ledger();
  const none = { ledger, manifest: null, keys: null, worksheets: [], extendsSize: null, now: options.now };
  const pack = await openPack(source, ledger, options);
  if (!pack) return { findings: none, intact: null };
  const known = { ...none, manifest: pack.manifest };
  const intact = await vouch(pack, options, ledger);
  const seen = intact && (await examineSubstance(intact, options, ledger));
  if (!seen) return { findings: known, intact: null };
  const { worksheets, proofs } = seen;
  const before = options.older ? await examineOlder(options.older, options, ledger) : null;
  if (before) examineExtension(intact, before, proofs, ledger, options);
  const extendsSize = before?.checkpoint.size ?? null;
  return { findings: { ...known, keys: intact.keys, worksheets, extendsSize }, intact };
}

/** Who made the pack, and which trail it speaks of. */
async function vouch(pack: OpenedPack, options: VerifyOptions, ledger: Ledger): Promise<OlderPack | null> {
  const keys = await examineKeys(pack, ledger, options);
  if (!keys) return null;
  await examineManifestSignature(pack, keys, ledger, options);
  if (ledger.broken) return null;
  examineRoot(keys, options.trustedRoot, ledger);
  if (ledger.broken) return null;
  const checkpoint = await examineCheckpoint(pack, keys, ledger, options);
  return checkpoint && { pack, keys, checkpoint };
}

/** What it says: events, statements, and what they rest on. */
async function examineSubstance(
  { pack, keys, checkpoint }: OlderPack,
  options: VerifyOptions,
  ledger: Ledger,
): Promise<{ readonly worksheets: WorksheetStanding[]; readonly proofs: readonly ConsistencyProof[] } | null> {
  const events = examineEvents(pack, checkpoint, ledger, options);
  if (ledger.broken) return null;
  const statements = await examineStatements(pack, keys, events, ledger, options);
  if (ledger.broken) return null;
  examineContent(pack, statements, ledger, options);
  if (ledger.broken) return null;
  const proofs = examineHistory(pack, checkpoint, ledger, options);
  if (ledger.broken) return null;
  return { worksheets: standingsOf(statements, filesOf(pack, "revision"), options.now), proofs };
}

/** Examines the older pack by itself. Its root is compared with this pack's, so it needs not be trusted once more. */
async function examineOlder(source: PackSource, options: VerifyOptions, ledger: Ledger): Promise<OlderPack | null> {
  const { findings, intact } = await examine(source, { ...options, older: undefined, trustedRoot: null });
  const problem = findings.ledger.problems.find(({ kind }) => kind === "failed");
  const lack = findings.ledger.problems.find(({ check }) => check !== "root");
  if (problem) ledger.fail(`The older pack is not valid: ${problem.says}`, problem.path);
  else if (lack || !intact) ledger.lack(`The older pack is incomplete: ${lack?.says ?? "it cannot be compared."}`);
  return problem || lack ? null : intact;
}
