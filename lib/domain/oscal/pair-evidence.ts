import { stableJson } from "@/lib/domain/oscal/stable-json";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** What people fill in of a piece of evidence. */
export type EvidenceFields = Omit<EvidenceLink<SectionKey>, "id" | "files">;

/** What people filled in of a piece of evidence. */
export function evidenceFields(link: EvidenceLink): EvidenceFields {
  const { section, itemId, title, url, shows, collectedOn, validUntil } = link as EvidenceLink<SectionKey>;
  return { section, itemId, title, url, shows, collectedOn, validUntil };
}

/** What a piece of evidence says, as a text that is the same for those that say exactly the same. */
export function evidenceWords(fields: EvidenceFields): string {
  const { section, itemId, title, url, shows, collectedOn, validUntil } = fields;
  return stableJson({ section, itemId, title, url, shows, collectedOn, validUntil });
}

/** Evidence that stands, and the shared control that it came with. */
type Standing = EvidenceLink & { readonly controlRecordId: string | null };

/**
 * Finds the evidence that stands and is a plan's: by its id where both are of one worksheet; what is left by everything that
 * it says, whatever its order; and what is left of the worksheet's own then, where one thing alone was corrected: its place,
 * its title, its address, or what it shows. Evidence of another day is another one, and so is what is merely called the
 * same, what has other files, or what another piece could be, also one that was found already: what is taken for another
 * piece would be overwritten, and one that is there twice can be taken out.
 * @returns what stands by the place of the plan's
 */
export function pairEvidence<T extends Standing>(
  brought: readonly EvidenceLink[],
  standing: readonly T[],
  sameWorksheet: boolean,
): ReadonlyMap<number, T> {
  const pairs = new Pairs(brought, standing);
  if (sameWorksheet) pairs.take(({ id }) => id);
  pairs.take((one) => evidenceWords(evidenceFields(one)));
  pairs.takeCorrected();
  return pairs.found;
}

/** What a piece of evidence is told by once some of it was corrected; null where that says too little. */
type Way = (link: EvidenceLink) => string | null;

const CORRECTED: readonly Way[] = [
  // What it shows was, which may be all that a piece without an address says beside its title.
  (link) => stableJson(["shows", link.title, link.url, placeOf(link), daysOf(link)]),
  (link) => (link.shows === "" ? null : stableJson(["url", link.title, link.shows, placeOf(link), daysOf(link)])),
  (link) =>
    link.shows === "" || link.url === ""
      ? null
      : stableJson(["title", link.url, link.shows, placeOf(link), daysOf(link)]),
  (link) =>
    link.shows === "" && link.url === "" ? null : stableJson(["place", link.title, link.url, link.shows, daysOf(link)]),
];

function placeOf({ section, itemId }: EvidenceLink) {
  return [section, itemId];
}

function daysOf({ collectedOn, validUntil }: EvidenceLink) {
  return [collectedOn, validUntil];
}

/** Whether one of two that differ in one thing can be the other, corrected: by their files, or by more than title, place and days. */
function canBeCorrected(one: EvidenceLink, other: EvidenceLink): boolean {
  const [files, others] = [digestsOf(one), digestsOf(other)];
  if (files.size > 0 && others.size > 0) return [...files].some((sha256) => others.has(sha256));
  const saysOther = one.shows !== "" && other.shows !== "" && one.shows !== other.shows;
  return one.url !== "" || other.url !== "" || !saysOther;
}

function digestsOf({ files = [] }: EvidenceLink): ReadonlySet<string> {
  return new Set(files.map(({ sha256 }) => sha256.toLowerCase()));
}

/** Pairs of a plan's evidence and what stands, found way by way. */
class Pairs<T extends Standing> {
  readonly found = new Map<number, T>();
  readonly #taken = new Set<T>();

  constructor(
    readonly brought: readonly EvidenceLink[],
    readonly standing: readonly T[],
  ) {}

  /** Takes those of equal keys for the same, in order. */
  take(way: Way): void {
    const left = [...this.brought.entries()].filter(([place]) => !this.found.has(place));
    const there = grouped(
      this.standing.filter((one) => !this.#taken.has(one)),
      way,
    );
    for (const [key, places] of grouped(left, ([, one]) => way(one))) {
      const ones = there.get(key) ?? [];
      for (const [index, [place]] of places.entries()) this.#put(place, ones[index]);
    }
  }

  /** Takes what is left for the same where each could be the other alone, in whatever way. */
  takeCorrected(): void {
    const [could, couldBe] = [new Map<number, Set<T>>(), new Map<T, Set<number>>()];
    for (const [place, one] of CORRECTED.flatMap((way) => this.#corrected(way))) {
      could.set(place, (could.get(place) ?? new Set()).add(one));
      couldBe.set(one, (couldBe.get(one) ?? new Set()).add(place));
    }
    for (const [place, [one, ...others]] of could) {
      if (one && others.length === 0 && couldBe.get(one)?.size === 1) this.#put(place, one);
    }
  }

  /** Such of the worksheet's own as nothing else of either side has the key of, taken or not. */
  #corrected(way: Way): readonly (readonly [number, T])[] {
    const there = grouped(this.standing, way);
    return [...grouped([...this.brought.entries()], ([, one]) => way(one))].flatMap(([key, places]) => {
      const ones = there.get(key) ?? [];
      const [[place, wanted] = [], [one]] = [places[0], ones];
      if (places.length > 1 || ones.length > 1 || place === undefined || !wanted || !one) return [];
      const isLeft = !this.found.has(place) && !this.#taken.has(one) && one.controlRecordId === null;
      return isLeft && canBeCorrected(wanted, one) ? [[place, one] as const] : [];
    });
  }

  #put(place: number, one: T | undefined): void {
    if (one === undefined) return;
    this.found.set(place, one);
    this.#taken.add(one);
  }
}

function grouped<V>(values: readonly V[], keyOf: (value: V) => string | null): ReadonlyMap<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
