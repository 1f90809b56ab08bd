import { diffArrays } from "diff";

/**
 * Both texts of a section in one, line by line: what differs stands between marks as git writes them. Lines that differ
 * with few lines between them are one conflict, so that each reads as a whole.
 */
export function markConflict(
  mine: string,
  theirs: string,
  names: { readonly mine: string; readonly theirs: string },
): string {
  const result: string[] = [];
  for (const { same, own, other } of hunks(
    mine.replace(/\n$/, "").split("\n"),
    theirs.replace(/\n$/, "").split("\n"),
  )) {
    if (same) result.push(...own);
    else result.push(`<<<<<<< ${names.mine}`, ...own, "=======", ...other, `>>>>>>> ${names.theirs}`);
  }
  return `${result.join("\n")}\n`;
}

/** Fewer lines than these between two differences belong to one conflict. */
const APART = 3;

interface Hunk {
  readonly same: boolean;
  readonly own: string[];
  readonly other: string[];
}

function hunks(mine: readonly string[], theirs: readonly string[]): readonly Hunk[] {
  const all: Hunk[] = [];
  const changes = diffArrays([...mine], [...theirs]);
  changes.forEach(({ added, removed, value }, index) => {
    const last = all.at(-1);
    const isShort = value.length < APART && index > 0 && index < changes.length - 1;
    if (!added && !removed) {
      if (isShort && last && !last.same) {
        last.own.push(...value);
        last.other.push(...value);
      } else all.push({ same: true, own: [...value], other: [...value] });
      return;
    }
    const hunk = last && !last.same ? last : { same: false, own: [], other: [] };
    if (hunk !== last) all.push(hunk);
    (removed ? hunk.own : hunk.other).push(...value);
  });
  return all;
}
