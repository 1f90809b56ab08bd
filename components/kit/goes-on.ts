/** Keys that are held to mean something with another. */
const HELD: readonly unknown[] = ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"];

/** What tells that somebody goes on, also where an editor takes the key for itself, so that no `input` follows. */
export const GOING_ON = ["beforeinput", "keydown", "pointerdown"] as const;

/** Whether one of these events is more than a key that is held down, or held to mean something with another. */
export function goesOn(event: object): boolean {
  const { key, repeat } = event as Partial<Pick<KeyboardEvent, "key" | "repeat">>;
  return repeat !== true && !HELD.includes(key);
}
