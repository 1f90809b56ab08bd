import { bare } from "@/lib/domain/rigour/words/filled";

const SMALL = new Set("the our a an of and team department dept staff group lead leader".split(" "));

function wordsOf(name: string): readonly string[] {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const weighty = words.filter((word) => !SMALL.has(word));
  return weighty.length > 0 ? weighty : words;
}

function isSameName(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  return left.length > 0 && left.length === right.length && left.every((word) => right.includes(word));
}

/** The names in a field, by the people and teams that it joins: each with its person, role and team as parts. */
function peopleIn(field: string): readonly (readonly string[])[] {
  return bare(field)
    .replace(/\(?\b(?:not|independent of|other than|without) (?:the )?[^),;]*\)?/giu, " ")
    .split(/\s+(?:and|with|together with|und|et|y)\s+|[&;+]/iu)
    .map((group) =>
      group
        .split(/[,()/]|\s[–—-]\s/u)
        .map(bare)
        .filter((part) => part !== ""),
    )
    .filter((parts) => parts.length > 0);
}

/**
 * True when whoever is named in one field is whoever is named in another: everybody of a joint test is an owner. "Internal
 * audit (not the platform team)" is not the platform team, and a joint test with somebody else is not one's own.
 */
export function isSelf(tester: string, owner: string): boolean {
  const testers = peopleIn(tester);
  const owners = peopleIn(owner).flat();
  return (
    testers.length > 0 && testers.every((parts) => parts.some((part) => owners.some((one) => isSameName(part, one))))
  );
}
