/** A step of an alignment: something kept, removed from the first list, or added by the second. */
export type Aligned<T> =
  | { readonly kind: "same"; readonly before: T; readonly after: T }
  | { readonly kind: "removed"; readonly before: T }
  | { readonly kind: "added"; readonly after: T };

/** Largest table that is filled; beyond it the middle counts as replaced, which is right, if not the shortest. */
const MAX_CELLS = 4_000_000;

/**
 * Aligns two lists by their longest common subsequence. Reading the steps without the added ones gives the first
 * list, without the removed ones the second. In a gap, what was removed comes before what was added.
 */
export function align<T>(
  before: readonly T[],
  after: readonly T[],
  same: (a: T, b: T) => boolean,
): readonly Aligned<T>[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && same(before[head] as T, after[head] as T)) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(before.at(-1 - tail) as T, after.at(-1 - tail) as T)) tail += 1;

  const pair = (offset: number, otherOffset: number, count: number): Aligned<T>[] =>
    Array.from({ length: count }, (_, index) => ({
      kind: "same",
      before: before[offset + index] as T,
      after: after[otherOffset + index] as T,
    }));
  return [
    ...pair(0, 0, head),
    ...alignMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail), same),
    ...pair(before.length - tail, after.length - tail, tail),
  ];
}

function alignMiddle<T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): Aligned<T>[] {
  const table = before.length * after.length <= MAX_CELLS ? lengths(before, after, same) : null;
  const steps: Aligned<T>[] = [];
  let [i, j] = [0, 0];
  while (table && i < before.length && j < after.length) {
    const [a, b] = [before[i] as T, after[j] as T];
    if (same(a, b)) {
      steps.push({ kind: "same", before: a, after: b });
      i += 1;
      j += 1;
    } else if (table.at(i + 1, j) >= table.at(i, j + 1)) {
      steps.push({ kind: "removed", before: a });
      i += 1;
    } else {
      steps.push({ kind: "added", after: b });
      j += 1;
    }
  }
  for (const item of before.slice(i)) steps.push({ kind: "removed", before: item });
  for (const item of after.slice(j)) steps.push({ kind: "added", after: item });
  return removedFirst(steps);
}

/** `at(i, j)` is the length of the longest common subsequence of what follows i and j. */
function lengths<T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean) {
  const width = after.length + 1;
  const cells = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => cells[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      cells[i * width + j] = same(before[i] as T, after[j] as T)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return { at };
}

function removedFirst<T>(steps: readonly Aligned<T>[]): Aligned<T>[] {
  const result: Aligned<T>[] = [];
  let added: Aligned<T>[] = [];
  for (const step of steps) {
    if (step.kind === "added") {
      added.push(step);
      continue;
    }
    if (step.kind === "same") {
      result.push(...added);
      added = [];
    }
    result.push(step);
  }
  return [...result, ...added];
}
