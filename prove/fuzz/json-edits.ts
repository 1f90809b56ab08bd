/** A change of a JSON text that JSON.stringify could not write: the fragment is put in as it is. */
export interface Edit {
  /** Which of the value's nodes, as a fraction of all of them in reading order. */
  readonly at: number;
  /** Put the fragment in the node's place, take the node away, or add the fragment to it (under the key, in an object). */
  readonly how: "replace" | "remove" | "add";
  readonly key: string;
  readonly fragment: string;
}

type Path = readonly (string | number)[];

/** Writes a value as JSON with edits. Of two edits of one node the later counts. */
export function writeEdited(value: unknown, edits: readonly Edit[]): string {
  const paths = pathsOf(value, []);
  const chosen = new Map<string, Edit>();
  for (const edit of edits) {
    const path = paths[Math.min(Math.floor(edit.at * paths.length), paths.length - 1)] ?? [];
    chosen.set(JSON.stringify(path), edit);
  }
  return write(value, [], chosen) ?? "";
}

function pathsOf(value: unknown, path: Path): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** @returns undefined when the node is taken away */
function write(value: unknown, path: Path, edits: ReadonlyMap<string, Edit>): string | undefined {
  const edit = edits.get(JSON.stringify(path));
  if (edit?.how === "remove") return undefined;
  const isOpen = typeof value === "object" && value !== null;
  if (edit?.how === "replace" || (edit && !isOpen)) return edit.fragment;
  if (!isOpen) return JSON.stringify(value);
  const inner = Object.entries(value).map(([key, one]) => [key, write(one, [...path, key], edits)] as const);
  const kept = inner.filter(([, text]) => text !== undefined);
  if (Array.isArray(value)) return `[${[...kept.map(([, text]) => text), ...(edit ? [edit.fragment] : [])].join(",")}]`;
  const members = kept.map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return `{${[...members, ...(edit ? [`${JSON.stringify(edit.key)}:${edit.fragment}`] : [])].join(",")}}`;
}
