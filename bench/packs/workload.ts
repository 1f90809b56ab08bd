import { createHash } from "node:crypto";

/** A named file with its digest. */
export interface EvidenceRow {
  readonly name: string;
  readonly size: number;
  readonly at: string;
  readonly by: string;
  readonly sha256: string;
}

/** One worksheet of the workload. */
export interface PackEntry {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly status: string;
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
  readonly evidence: readonly EvidenceRow[];
  readonly comments: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  readonly signOffs: readonly {
    readonly role: string;
    readonly name: string;
    readonly office: string;
    readonly at: string;
    readonly digest: string;
  }[];
  readonly events: readonly {
    readonly number: number;
    readonly at: string;
    readonly by: string;
    readonly action: string;
    readonly target: string;
    readonly hash: string;
  }[];
}

/** What the cover of the pack says. */
export const PACK = {
  organisation: "Northwind Payments Ltd",
  title: "Compensating Controls Workbook — Audit Pack",
  date: "2026-11-24",
} as const;

/** The title of the pack's last part. */
export const APPENDIX = "Appendix A — Audit trail";

/** The heads of the tables of evidence and of the appendix. */
export const EVIDENCE_HEAD = ["File", "SHA-256", "Size", "Added", "By"] as const;
export const TRAIL_HEAD = ["#", "Time (UTC)", "Actor", "Action", "Target", "Chain hash"] as const;

const words = (text: string) => text.split(" ");
const SECTIONS = [
  "1. Constraints",
  "2. Definition of compensating controls",
  "3. Objective",
  "4. Identified risk",
  "5. Validation of compensating controls",
  "6. Maintenance",
] as const;
const PEOPLE =
  "Amélie Dubois|Søren Kjær|Priya Natarajan|Tomáš Novák|Grace Okonkwo|Liam O’Connor|José Martínez|Yuki Tanaka|Zoë Müller|Anna Kowalska".split(
    "|",
  );
const FILES = [
  ["firewall-export", "csv"],
  ["scan-report", "pdf"],
  ["screenshot", "png"],
  ["change-ticket", "txt"],
  ["config-baseline", "json"],
] as const;
const SIGN_OFFS = [
  ["Prepared by", "Control owner"],
  ["Reviewed by", "Internal security assessor"],
  ["Approved by", "CISO"],
] as const;
const ACTIONS = words(
  "entry.created section.updated evidence.attached comment.added status.changed review.requested signoff.added export.created",
);
const COMMON = words(
  "the of and to in is that for with as by on are be this or from which at an not all it was must has have been will each any other such when where who may can only than between through during before after under over within per also their its these those if then both same more most",
);
const FIELD = words(
  "control controls compensating requirement requirements cardholder data environment system systems component components network segment segmentation firewall rule ruleset access authentication multi-factor password account accounts privileged administrator encryption key keys cryptographic storage transmission vulnerability scan scanning patch patching legacy vendor supported mainframe terminal point-of-sale payment application server database log logging monitoring alert alerting review reviewed daily weekly quarterly annual risk analysis targeted residual mitigated mitigation objective objectives constraint constraints technical business documented validated tested assessor assessment evidence procedure procedures policy policies configuration baseline hardened jump host bastion session recording tokenization token masked truncated hashing integrity file change detection intrusion prevention endpoint malware anti-malware signature update physical visitor badge camera custody media destruction backup retention incident response escalation owner approved exception maintenance window upgrade replacement migration schedule service provider attestation responsibility matrix scope in-scope out-of-scope connected-to isolated VLAN ACL TLS SSH IPsec VPN SIEM WAF HSM PAN SAD CDE QSA ISA ROC SAQ CCW",
);
const SYLLABLES = words(
  "ta re mi con ver sal dor pen lin gra tic mo ber na fil kor ves ran dil pro sub ex com per in un al ment tion ive able ous er ing ed ly",
);

/** Numbers from 0 to below 1 that are the same for the same seed (Mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const below = (next: () => number, limit: number) => Math.floor(next() * limit);
const rare = numbers(99);
const RARE = Array.from({ length: 6_000 }, () =>
  Array.from({ length: 2 + below(rare, 3) }, () => SYLLABLES[below(rare, SYLLABLES.length)]).join(""),
);
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

function word(next: () => number): string {
  const kind = next();
  if (kind < 0.45) return COMMON[Math.floor(next() * next() * COMMON.length)] ?? "";
  if (kind < 0.86) return FIELD[Math.floor(next() ** 1.5 * FIELD.length)] ?? "";
  if (kind < 0.96) return RARE[Math.floor(next() ** 2 * RARE.length)] ?? "";
  if (kind < 0.975) return `10.${below(next, 255)}.${below(next, 255)}.0/24`;
  if (kind < 0.985) return `CHG-${10_000 + below(next, 89_999)}`;
  return `“${FIELD[below(next, FIELD.length)]}”`;
}

/** Sentences of `count` words: half everyday words, most others of the field, a few rare ones, addresses and numbers. */
function prose(next: () => number, count: number): string {
  const out: string[] = [];
  let length = 0;
  for (let index = 0; index < count; index += 1) {
    let one = word(next);
    if (length === 0) one = one.charAt(0).toUpperCase() + one.slice(1);
    length += 1;
    if ((length > 8 && next() < 0.12) || length > 26) {
      one += ".";
      length = 0;
    } else if (next() < 0.06) {
      one += ",";
    }
    out.push(one);
  }
  const text = out.join(" ");
  return text.endsWith(".") ? text : `${text.replace(/,$/, "")}.`;
}

function paragraphs(next: () => number): string[] {
  const out: string[] = [];
  for (let left = 80 + below(next, 171); left > 0; ) {
    const count = Math.min(left, 50 + below(next, 60));
    out.push(prose(next, count));
    left -= count;
  }
  return out;
}

/** The worksheet of a number, counted from 0: about 1,200 words, five files, six comments, three decisions, eight events. */
export function packEntry(index: number): PackEntry {
  const next = numbers(42 * 100_003 + index);
  const requirement = `${1 + (index % 12)}.${1 + below(next, 6)}.${1 + below(next, 9)}`;
  const id = `CCW-${String(index + 1).padStart(5, "0")}`;
  const person = () => PEOPLE[below(next, PEOPLE.length)] ?? "";
  const at = (day: number) => {
    const time = Date.UTC(2026, 0, 1) + index * 3_700_000 + day * 86_400_000 + below(next, 80_000_000);
    return `${new Date(time).toISOString().slice(0, 19)}Z`;
  };
  const sections = SECTIONS.map((title) => ({ title, paragraphs: paragraphs(next) }));
  const evidence = FILES.map(([name, kind], file) => ({
    name: `${name}-${id.toLowerCase()}-${file + 1}.${kind}`,
    size: Math.floor(2_000 + next() * 4_000_000),
    at: at(file),
    by: person(),
    sha256: digest(`${id}${file}`),
  }));
  const comments = Array.from({ length: 6 }, (_, day) => ({
    by: person(),
    at: at(day + 6),
    text: prose(next, 15 + below(next, 45)),
  }));
  const signOffs = SIGN_OFFS.map(([role, office], day) => ({
    role,
    name: person(),
    office,
    at: at(day + 14),
    digest: digest(`${id}${role}`),
  }));
  const events = ACTIONS.map((action, day) => ({
    number: index * ACTIONS.length + day + 1,
    at: at(day),
    by: person(),
    action,
    target: id,
    hash: digest(`${id}a${day}`),
  }));
  const title = `Requirement ${requirement}: ${prose(next, 7).replace(/[.,]/g, "")}`;
  const status = ["Draft", "In review", "Approved"][below(next, 3)] ?? "";
  return { id, requirement, title, status, sections, evidence, comments, signOffs, events };
}

/** Names, titles and cells as all engines write them. */
export const contentsTitle = ({ id, title }: PackEntry) => `${id}  ${title.slice(0, 70)}`;
export const entryTitle = ({ id, title }: PackEntry) => `${id} — ${title}`;
export const statusLine = ({ status, requirement }: PackEntry) => `Status: ${status}   Requirement ${requirement}`;
export const byLine = ({ by, at }: { readonly by: string; readonly at: string }) => `${by} · ${at}`;
export const evidenceCells = (entry: PackEntry) =>
  entry.evidence.map((one) => [one.name, one.sha256, String(one.size), one.at.slice(0, 10), one.by]);
export const signOffCells = (entry: PackEntry) =>
  entry.signOffs.map((one) => [one.role, `${one.name}, ${one.office}`, one.at, one.digest]);
export const trailCells = (entry: Pick<PackEntry, "events">) =>
  entry.events.map((one) => [String(one.number), one.at, one.by, one.action, one.target, one.hash.slice(0, 40)]);
