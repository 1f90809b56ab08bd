/**
 * The order of a merged list: all ids of both sides and of the base, each once. Whoever changed the order wins;
 * when both did, theirs, since an order is no text that could be lost. What only the other side has is put
 * behind the id that it follows there.
 */
export function mergeOrder(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): readonly string[] {
  const leading = keepsOrder(base, theirs) ? mine : theirs;
  const result = [...leading];
  for (const other of [leading === mine ? theirs : mine, base]) insertMissing(result, other);
  return result;
}

function keepsOrder(base: readonly string[], side: readonly string[]): boolean {
  const shared = side.filter((id) => base.includes(id));
  const asBefore = base.filter((id) => side.includes(id));
  return shared.every((id, index) => id === asBefore[index]);
}

function insertMissing(result: string[], other: readonly string[]): void {
  other.forEach((id, index) => {
    if (result.includes(id)) return;
    const previous = index === 0 ? undefined : other[index - 1];
    result.splice(previous === undefined ? 0 : result.indexOf(previous) + 1, 0, id);
  });
}
