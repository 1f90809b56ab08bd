/** The fields of an item that say nothing, in the order in which they are asked for. */
export function unsaid<K extends string>(said: Readonly<Record<K, boolean>>): readonly K[] {
  return (Object.keys(said) as K[]).filter((field) => !said[field]);
}
