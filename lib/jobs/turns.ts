/**
 * Lets groups have their turns one after another, however much each has to do; and within a group, the groups that it is
 * made of.
 */
export class Turns {
  readonly #last = new Map<string, number>();
  #count = 0;

  /**
   * Chooses, of some things in an order, the first one of the group whose turn is the longest ago, and gives it the turn.
   * @param groupsOf the groups that a thing is of, the outermost first; no name stands for two of them
   */
  next<T>(things: readonly T[], groupsOf: (thing: T) => readonly string[]): T | undefined {
    let chosen: { readonly thing: T; readonly turns: readonly number[] } | undefined;
    for (const thing of things) {
      const turns = groupsOf(thing).map((group) => this.#last.get(group) ?? 0);
      if (!chosen || isBefore(turns, chosen.turns)) chosen = { thing, turns };
    }
    if (!chosen) return undefined;
    this.#count += 1;
    for (const group of groupsOf(chosen.thing)) this.#last.set(group, this.#count);
    return chosen.thing;
  }

  /** Forgets the turns of all groups but these. One that had nothing to do for a while goes first when it has again. */
  keep(groups: readonly string[]): void {
    const kept = new Set(groups);
    for (const group of this.#last.keys()) if (!kept.has(group)) this.#last.delete(group);
  }
}

function isBefore(turns: readonly number[], others: readonly number[]): boolean {
  const differs = turns.findIndex((turn, index) => turn !== others[index]);
  return differs !== -1 && (turns[differs] ?? 0) < (others[differs] ?? 0);
}
