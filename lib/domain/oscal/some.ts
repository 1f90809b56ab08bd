/** A list under its key, or nothing at all where it is empty: OSCAL has no empty lists. */
export function some<K extends string, T>(key: K, list: readonly T[]): { readonly [P in K]?: readonly T[] } {
  return list.length === 0 ? {} : ({ [key]: list } as { readonly [P in K]: readonly T[] });
}
