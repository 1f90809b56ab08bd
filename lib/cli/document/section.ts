import { hasFields } from "@/lib/cli/document/entries";
import { readFields, writeFields } from "@/lib/cli/document/fields";
import { fromMdast } from "@/lib/cli/markdown/from-mdast";
import { lineOf, type Md, type MdNode } from "@/lib/cli/markdown/mdast";
import { narrativeNodes, writeMarkdown } from "@/lib/cli/markdown/narrative";
import type { Trouble } from "@/lib/cli/trouble";
import { sectionContentSchema } from "@/lib/contracts/section";
import { emptySection } from "@/lib/domain/worksheet/empty";
import { fieldLabel } from "@/lib/domain/worksheet/field-words";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import { CRITERIA_PART, PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** What stands behind the fence of a block that holds a section's fields. */
const FIELDS = { lang: "yaml", meta: "fields" } as const;

/** A section as it stands in a file. */
export interface ReadSection<K extends PartKey = PartKey> {
  readonly key: K;
  /** Null while something is wrong with it. */
  readonly content: SectionContent<K> | null;
  /** Whether it has entries that have their ids from the reading, and not from the file. */
  readonly added: boolean;
  /** The lines of the file that it takes, counted from 1: from its heading to the one before the next. */
  readonly lines: { readonly from: number; readonly to: number };
}

/** A section as Markdown: its heading, its text, and its fields as a block of YAML. Ends with a line feed. */
export function writeSection<K extends PartKey>(
  key: K,
  content: SectionContent<K>,
  names: (id: string) => string | null,
): string {
  const heading: MdNode = { type: "heading", depth: 2, children: [{ type: "text", value: PART_LABELS[key] }] };
  const fields: MdNode[] = hasFields(key)
    ? [{ type: "code", ...FIELDS, value: writeFields(key, content.items, names) }]
    : [];
  return writeMarkdown([heading, ...narrativeNodes(content.narrative), ...fields]);
}

/** What reading a section needs to know. */
export interface SectionSource {
  /** The nodes of Markdown below its heading. */
  readonly nodes: readonly MdNode[];
  readonly lines: ReadSection["lines"];
  /** What makes ids of new entries differ from those of every other place. */
  readonly place: readonly string[];
  readonly tell: (trouble: Trouble) => void;
  /** Turns the label of a control into its id; null where it is none, or several. */
  readonly controlOf: (label: string) => string | null;
}

/** Whether a node is a block of fields. */
export function isFields(node: MdNode): node is Md<"code"> {
  return node.type === "code" && node.lang === FIELDS.lang && (node.meta ?? "") === FIELDS.meta;
}

/** Reads a section, and tells of everything in it that the server would refuse. */
export function readSection<K extends PartKey>(key: K, source: SectionSource): ReadSection<K> {
  const troubles: Trouble[] = [];
  const tell = (trouble: Trouble) => {
    troubles.push(trouble);
    source.tell(trouble);
  };
  const [block] = source.nodes.filter(isFields);
  const text = source.nodes.filter((node) => !isFields(node));
  const narrative = { type: "doc" as const, content: fromMdast(text, tell) };
  tellOfBlocks(key, source, text, tell);
  const firstLine = block ? lineOf(block) + 1 : source.lines.from;
  const read = block ? readFields(key, block.value, { firstLine, place: source.place, tell }) : null;
  const items: unknown = read ? withIds(read.items, source.controlOf) : emptySection(key).items;
  const { lines } = source;
  if (troubles.length > 0) return { key, content: null, added: read?.added ?? false, lines };
  const checked = sectionContentSchema(key).safeParse({ narrative, items });
  if (checked.success) return { key, content: checked.data, added: read?.added ?? false, lines };
  for (const issue of checked.error.issues) {
    const [where, ...path] = issue.path;
    const line = where === "items" && read ? read.lineOf(path) : source.lines.from;
    tell({ line, message: sentence(where === "items" ? path : [], issue.message) });
  }
  return { key, content: null, added: false, lines };
}

function tellOfBlocks(
  key: PartKey,
  { nodes, lines }: SectionSource,
  text: readonly MdNode[],
  tell: (trouble: Trouble) => void,
): void {
  const blocks = nodes.filter(isFields);
  for (const further of blocks.slice(1)) {
    tell({ line: lineOf(further), message: "A section has its fields in one block." });
  }
  if (key === CRITERIA_PART && text[0]) {
    tell({ line: lineOf(text[0]), message: "Answers to criteria stand in the fields; there is no text beside them." });
  }
  if (blocks.length === 0 && hasFields(key)) {
    const message = `“${PART_LABELS[key]}” has lost its block of fields (\`\`\`${FIELDS.lang} ${FIELDS.meta}). Put it back as it was pulled.`;
    tell({ line: lines.from, message });
  }
}

function sentence(path: readonly PropertyKey[], message: string): string {
  const field = path.filter((part) => typeof part === "string").at(-1);
  return field ? `“${fieldLabel(field)}” (${path.join(".")}): ${message}` : message;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** People write labels where ids are meant. */
function withIds(value: unknown, controlOf: (label: string) => string | null): unknown {
  if (Array.isArray(value)) return value.map((one) => withIds(one, controlOf));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      if (name !== "controlIds" || !Array.isArray(one)) return [name, withIds(one, controlOf)];
      const ids = one.map((ref) => (typeof ref === "string" && !GUID.test(ref) ? (controlOf(ref) ?? ref) : ref));
      return [name, ids];
    }),
  );
}
