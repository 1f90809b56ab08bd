/** Most characters of a password; more would only cost time. */
export const PASSWORD_MAX_LENGTH = 128;

/** Why a password is refused, or null. Reuse and leaked passwords are judged elsewhere: they need what is stored. */
export function passwordComplaint(password: string, minLength: number, names: readonly string[]): string | null {
  const length = [...password].length;
  if (length < minLength) return `Use at least ${minLength} characters.`;
  if (length > PASSWORD_MAX_LENGTH) return `Use at most ${PASSWORD_MAX_LENGTH} characters.`;
  const folded = password.toLowerCase();
  if (new Set(folded).size < 5) return "Use more different characters.";
  const own = names.map((name) => name.toLowerCase()).filter((name) => name.length >= 4);
  const rest = own.reduce((left, name) => left.replaceAll(name, ""), folded);
  // A name may be in it, but it must not be most of it.
  if (rest.length * 2 < folded.length) return "Your name or address is easy to guess. Choose other words.";
  return null;
}

/**
 * The words that a password is looked up as in a list of leaked ones: itself, without digits and signs around it, with
 * common signs read as letters, and what it repeats.
 */
export function guessesOf(password: string): readonly string[] {
  const folded = password.toLowerCase();
  const bare = folded.replace(/^[^a-z]+|[^a-z]+$/g, "");
  const read = (word: string) =>
    word.replace(/[@4]/g, "a").replace(/[0]/g, "o").replace(/[1!]/g, "i").replace(/[3]/g, "e").replace(/[$5]/g, "s");
  const repeated = /^(.{2,}?)\1+$/u.exec(folded)?.[1];
  const bareRepeated = /^(.{2,}?)\1+$/u.exec(bare)?.[1];
  const words = [folded, bare, read(folded), read(bare), repeated, bareRepeated];
  return [...new Set(words.filter((word): word is string => word !== undefined && word !== ""))];
}
