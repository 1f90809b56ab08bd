import { fingerprint } from "@/lib/domain/proof/keys";
import { CHECK_NAMES, CHECKS, type CheckName, Ledger, type Problem } from "./checks";
import type { VouchedKeys } from "./examine-keys";
import type { Manifest, Omission } from "./manifest";
import type { WorksheetStanding } from "./standing";

/** Whether a pack proves what it says: everything, something wrong, or something missing (the root's trust included). */
export type Verdict = "valid" | "invalid" | "incomplete";

/** A check as a reader sees it. */
export interface CheckReport {
  readonly name: CheckName;
  readonly title: string;
  readonly outcome: "passed" | "failed" | "missing" | "not_reached";
  /** What was found wrong or missing, as sentences. */
  readonly problems: readonly Pick<Problem, "path" | "says">[];
  /** What that means for the reader; empty when it passed. */
  readonly means: string;
}

/** Facts of a pack whose manifest could be read; whether they are true is the verdict's to say. */
export interface PackFacts {
  readonly service: string;
  readonly engagementId: string;
  readonly made: string;
  readonly files: number;
  readonly origin: string;
  /** Events in the trail that the checkpoint covers. */
  readonly size: number;
  readonly rootKeyId: string;
  readonly rootFingerprint: string;
  /** SHA-256 of the verifier in the pack, or null when there is none. */
  readonly verifierSha256: string | null;
}

/** What was found out about a pack. */
export interface PackReport {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly says: string;
  readonly pack: PackFacts | null;
  /** Of an older pack that this one was compared with: its number of events. */
  readonly extendsSize: number | null;
  readonly checks: readonly CheckReport[];
  /** The first part that fails or, when none fails, that is missing. */
  readonly first: Problem | null;
  readonly worksheets: readonly WorksheetStanding[];
  readonly omissions: readonly Omission[];
  /** What has expired meanwhile, and other things to know. */
  readonly notes: readonly string[];
  readonly proved: readonly string[];
  readonly notProved: readonly string[];
}

/** Everything that a report is made from. */
export interface Findings {
  readonly ledger: Ledger;
  readonly manifest: Manifest | null;
  readonly keys: VouchedKeys | null;
  readonly worksheets: readonly WorksheetStanding[];
  readonly extendsSize: number | null;
  readonly now: Date;
}

/** Writes the report. */
export function reportOf({ ledger, manifest, keys, worksheets, extendsSize, now }: Findings): PackReport {
  const { problems } = ledger;
  const failed = problems.find(({ kind }) => kind === "failed");
  const verdict = failed ? "invalid" : problems.length > 0 ? "incomplete" : "valid";
  const isIntact = verdict === "incomplete" && problems.every(({ check }) => check === "root");
  return {
    verdict,
    says: headline(verdict, isIntact, extendsSize),
    pack: manifest ? factsOf(manifest) : null,
    extendsSize,
    checks: CHECK_NAMES.map((name) => checkReport(name, ledger)),
    first: failed ?? problems[0] ?? null,
    worksheets: failed ? [] : worksheets,
    omissions: failed ? [] : (manifest?.omissions ?? []),
    notes: manifest && keys && !failed ? notesOf(manifest, keys, now) : [],
    proved: verdict === "valid" || isIntact ? proved(isIntact, extendsSize) : [],
    notProved: failed ? [] : NOT_PROVED,
  };
}

/** The report on a file that is no archive of a pack; `problem` is the end of a sentence. */
export function reportUnreadable(problem: string, now: Date): PackReport {
  const ledger = new Ledger();
  ledger.begin("parts");
  ledger.fail(`The file cannot be read: ${problem}.`);
  return reportOf({ ledger, manifest: null, keys: null, worksheets: [], extendsSize: null, now });
}

function headline(verdict: Verdict, isIntact: boolean, extendsSize: number | null): string {
  if (verdict === "invalid") return "The pack is not valid.";
  if (isIntact) return "The pack is intact, but its root key is not trusted yet.";
  if (verdict === "incomplete") return "The pack is incomplete: something that it should prove is not proved.";
  return extendsSize === null ? "The pack is valid." : "The pack is valid, and continues the older one.";
}

function checkReport(name: CheckName, { problems, last }: Ledger): CheckReport {
  const own = problems.filter(({ check }) => check === name);
  const reached = last !== null && CHECK_NAMES.indexOf(name) <= CHECK_NAMES.indexOf(last);
  const kind = own.some((one) => one.kind === "failed") ? "failed" : own.length > 0 ? "missing" : "passed";
  const { title, failed, missing } = CHECKS[name];
  return {
    name,
    title,
    outcome: reached ? kind : "not_reached",
    problems: own.map(({ path, says }) => ({ path, says })),
    means: kind === "failed" ? failed : kind === "missing" ? missing : "",
  };
}

function factsOf({ service, engagementId, made, files, checkpoint, rootKeyId }: Manifest): PackFacts {
  return {
    ...{ service, engagementId, made, rootKeyId },
    files: files.length,
    origin: checkpoint.origin,
    size: checkpoint.size,
    rootFingerprint: fingerprint(rootKeyId),
    verifierSha256: files.find(({ role }) => role === "verifier")?.sha256 ?? null,
  };
}

function notesOf(manifest: Manifest, { set }: VouchedKeys, now: Date): string[] {
  const notes: string[] = [];
  const over = set.keys.filter(({ until, state }) => state === "active" && Date.parse(until) < now.getTime());
  for (const { purpose, until } of over) {
    notes.push(
      `The ${purpose} key's time ended on ${until.slice(0, 10)}. What it signed before that still counts; nothing signed later would.`,
    );
  }
  const days = Math.floor((now.getTime() - Date.parse(manifest.made)) / 86_400_000);
  if (days > 365)
    notes.push(
      `The pack is ${Math.floor(days / 365)} years old or more: ask for a newer one to see what stands today.`,
    );
  if (days < -1) notes.push("The pack is dated in the future by this computer's clock.");
  return notes;
}

function proved(isIntact: boolean, extendsSize: number | null): string[] {
  const whose = isIntact ? "whoever holds the root key shown here" : "the service whose root key you trust";
  const points = [
    `Every file is as ${whose} put it into the pack.`,
    "Every signed worksheet, its evidence and its comments are, to the byte, what the statement was made over.",
    "Where a passkey signed, the person's own key has signed exactly this statement; no server can make that signature.",
    "Every statement was recorded in the trail, which was signed as a whole at the checkpoint.",
  ];
  if (extendsSize !== null) {
    points.push(
      `The first ${extendsSize} events of the trail are the same as in the older pack: nothing was rewritten between.`,
    );
  }
  return points;
}

/** What no pack can prove by itself; said with every result, so that nobody relies on more than there is. */
const NOT_PROVED: readonly string[] = [
  "That an operator with the keys did not rewrite everything before anybody held a pack. Keep packs: a later one that continues an earlier one closes that gap up to the earlier one.",
  "That times are right. They are the clock of the service's machine; only their order in the trail is proved.",
  "That a passkey belongs to the person named. The service says so; its own checks of that person are not in the pack.",
  "Where a statement is marked as witnessed by the server: that the person signed. The service alone says so.",
  "That nothing else exists. The pack proves what is in it; statements made after its checkpoint, or left out of it, do not show.",
  "That the controls work. That is the judgement of whoever signed.",
];
