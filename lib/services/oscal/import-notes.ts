import type { OscalWorksheet } from "@/lib/domain/oscal/book";
import {
  isMove,
  type StandingWorksheet,
  savesOf,
  type WorksheetComparison,
} from "@/lib/domain/oscal/compare-worksheet";
import type { MovedAnchor } from "@/lib/domain/oscal/moved-anchors";
import type { SettledControls } from "@/lib/domain/oscal/settle-uses";

/** What the notes of a worksheet are made from. */
export interface NotesSource {
  readonly brought: OscalWorksheet;
  readonly standing: StandingWorksheet;
  readonly settled: SettledControls;
  /** All that the plan would change. */
  readonly whole: WorksheetComparison;
  /** As much of it as is shown, and made at once. */
  readonly compared: WorksheetComparison;
  /** The evidence that stays at an item which changes or is there no more. */
  readonly anchors: readonly MovedAnchor[];
  /** How many pieces of evidence leave with their shared control. */
  readonly leaving: number;
  /** The digests of files in the plan whose bytes are in the engagement. */
  readonly atHand: ReadonlySet<string>;
}

/** What of a plan's worksheet does not come along, and what else there is to know; a sentence each. */
export function importNotes(source: NotesSource): string[] {
  const { brought, settled, compared } = source;
  const { signOffs, transitions, decisions } = brought;
  return [
    ...laterWords(source),
    ...(signOffs.length + transitions.length + decisions.length > 0
      ? ["Its signatures, decisions and moves stay in the plan: what comes is a text, which is submitted anew."]
      : []),
    ...settled.freed.map((label) => `“${label}” was a shared control and comes as the worksheet’s own.`),
    ...filesWords(source),
    ...staysWords(source),
    ...anchorWords(source),
    ...(compared.reasons.length > 0
      ? [
          `${count(compared.reasons.length, "reason for a warning comes", "reasons for warnings come")} along, where the text has the warning here too.`,
        ]
      : []),
  ];
}

/** What is not taken in this time is what the next import of the same plan finds. */
function laterWords({ standing, whole, compared }: NotesSource): string[] {
  const opens = standing.id === null;
  const [all, now] = [savesOf(whole, opens), savesOf(compared, opens)];
  if (all === now) return [];
  const evidence = whole.evidence.length - compared.evidence.length;
  const reasons = whole.reasons.length - compared.reasons.length;
  const left = [
    ...(evidence > 0 ? [count(evidence, "piece of evidence", "pieces of evidence")] : []),
    ...(reasons > 0 ? [count(reasons, "reason for a warning", "reasons for warnings")] : []),
  ];
  return [
    `It takes ${all} saves, and at most ${now} are made at once: ${left.join(" and ")} ${all - now === 1 ? "is" : "are"} left out this time. Take in what is shown, then import the plan again for the rest.`,
    ...movesWords(whole.evidence.filter(isMove).length - compared.evidence.filter(isMove).length),
  ];
}

/** Of what would be put elsewhere and is left out, the item that it stands at may be gone until then. */
function movesWords(later: number): string[] {
  if (later === 0) return [];
  const what = count(later, "piece of evidence that is left out is", "pieces of evidence that are left out are");
  return [
    `${what} put at another place by the plan, and until then ${later === 1 ? "stays" : "stay"} where ${later === 1 ? "it is" : "they are"}, also where the item there is gone. The next import of the plan mends that.`,
  ];
}

/** A plan has the digests of files, and not their bytes. */
function filesWords({ brought, standing, atHand }: NotesSource): string[] {
  const here = new Set(standing.evidence.flatMap(({ files = [] }) => files.map(({ sha256 }) => sha256)));
  const missing = brought.content.evidence.flatMap(({ files = [] }) => files).filter(({ sha256 }) => !here.has(sha256));
  if (missing.length === 0) return [];
  const found = missing.filter(({ sha256 }) => atHand.has(sha256)).length;
  const names = missing.slice(0, 5).map(({ name, sha256 }) => `${name} (SHA-256 ${sha256.slice(0, 12)}…)`);
  const more = missing.length > names.length ? `, and ${missing.length - names.length} more` : "";
  const again = found > 0 ? ` ${found} of them can be taken from other evidence of this engagement.` : "";
  return [
    `${count(missing.length, "file is", "files are")} named in the plan and not in it: ${names.join(", ")}${more}. Attach them here.${again}`,
  ];
}

/** Nothing is taken away by a plan that does not know it. */
function staysWords({ brought, standing, whole, leaving }: NotesSource): string[] {
  const added = whole.evidence.filter(({ changes }) => changes === null).length;
  const staying = standing.evidence.length - (brought.content.evidence.length - added) - leaving;
  return staying > 0
    ? [`${count(staying, "piece of evidence is", "pieces of evidence are")} not in the plan, and stay.`]
    : [];
}

/** The most pieces of evidence that a note names. */
const MOST_NAMED = 50;

/** Evidence says what its item says: whoever takes in another item has to see what would then hang there. */
function anchorWords({ anchors }: NotesSource): string[] {
  const changed = anchors.filter(({ becomes }) => becomes === "changed");
  const gone = anchors.filter(({ becomes }) => becomes === "gone");
  return [
    ...(changed.length > 0
      ? [
          `${count(changed.length, "piece of evidence stands at an item that changes its words", "pieces of evidence stand at items that change their words")}: ${namedAnchors(changed)}. See whether it still shows what the item then says.`,
        ]
      : []),
    ...(gone.length > 0
      ? [
          `${count(gone.length, "piece of evidence stands at an item that the plan does not have, and loses it", "pieces of evidence stand at items that the plan does not have, and lose them")}: ${namedAnchors(gone)}. Point it to another item afterwards, or take it out.`,
        ]
      : []),
  ];
}

function namedAnchors(anchors: readonly MovedAnchor[]): string {
  const names = anchors.slice(0, MOST_NAMED).map(({ title, item }) => `“${title}” (${item})`);
  const more = anchors.length - names.length;
  return `${names.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
