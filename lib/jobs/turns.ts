/** Lets groups have their turns one after another, however much each has to do. */
export class Turns {
  readonly #last = new Map<string, number>();
  #count = 0;

  /** Chooses, of some things in an order, the first one of the group whose turn is the longest ago, and gives it the turn. */
  next<T>(things: readonly T[], groupOf: (thing: T) => string): T | undefined {
    let chosen: { readonly thing: T; readonly last: number } | undefined;
    for (const thing of things) {
      const last = this.#last.get(groupOf(thing)) ?? 0;
      if (!chosen || last < chosen.last) chosen = { thing, last };
    }
    if (!chosen) return undefined;
    this.#count += 1;
    this.#last.set(groupOf(chosen.thing), this.#count);
    return chosen.thing;
  }

  /** Forgets the turns of all groups but these. One that had nothing to do for a while goes first when it has again. */
  keep(groups: readonly string[]): void {
    const kept = new Set(groups);
    for (const group of this.#last.keys()) if (!kept.has(group)) this.#last.delete(group);
  }
}
