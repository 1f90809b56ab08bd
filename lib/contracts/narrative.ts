import { z } from "zod";
import { text } from "@/lib/contracts/text";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import { DEEPEST_NODE, LINK_SCHEMES, MOST_COLUMNS } from "@/lib/domain/worksheet/narrative";

const MAX_TEXT = 200_000;
const MAX_NODES = 20_000;

const href = text(2000).refine((value) => {
  if (!URL.canParse(value)) return false;
  return (LINK_SCHEMES as readonly string[]).includes(new URL(value).protocol);
}, "Links may use https, http or mailto.");

const mark = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("bold") }),
  z.strictObject({ type: z.literal("italic") }),
  z.strictObject({ type: z.literal("code") }),
  z.strictObject({ type: z.literal("link"), attrs: z.object({ href }).transform(({ href: to }) => ({ href: to })) }),
]);

const textNode = z.strictObject({
  type: z.literal("text"),
  text: text(MAX_TEXT).min(1),
  marks: z.array(mark).max(8).optional(),
});
const inline = z.discriminatedUnion("type", [textNode, z.strictObject({ type: z.literal("hardBreak") })]);

const paragraph = z.strictObject({ type: z.literal("paragraph"), content: z.array(inline).optional() });
/** Editors add attributes of their own (language, start type, width); only what the model knows of them is kept. */
const codeBlock = z
  .strictObject({ type: z.literal("codeBlock"), attrs: z.unknown().optional(), content: z.array(textNode).optional() })
  .transform(({ type, content }) => (content ? { type, content } : { type }));

const listItem = z.strictObject({
  type: z.literal("listItem"),
  get content() {
    return z.array(z.union([paragraph, codeBlock, bulletList, orderedList])).min(1);
  },
});
const bulletList = z.strictObject({
  type: z.literal("bulletList"),
  get content() {
    return z.array(listItem).min(1);
  },
});
const orderedList = z.strictObject({
  type: z.literal("orderedList"),
  attrs: z
    .object({ start: z.int().min(0).max(1_000_000).nullish() })
    .transform(({ start }) => (start == null ? {} : { start }))
    .optional(),
  get content() {
    return z.array(listItem).min(1);
  },
});

const cell = z
  .strictObject({
    type: z.enum(["tableCell", "tableHeader"]),
    attrs: z.object({ colspan: z.literal(1).optional(), rowspan: z.literal(1).optional() }).optional(),
    content: z.array(z.union([paragraph, codeBlock, bulletList, orderedList])).min(1),
  })
  .transform(({ type, content }) => ({ type, content }));
const table = z.strictObject({
  type: z.literal("table"),
  content: z.array(z.strictObject({ type: z.literal("tableRow"), content: z.array(cell).max(MOST_COLUMNS) })).min(1),
});

const doc = z.strictObject({
  type: z.literal("doc"),
  content: z.array(z.union([paragraph, codeBlock, bulletList, orderedList, table])),
});

/** Measures a value without recursion, so that deep nesting cannot exhaust the stack. */
function measure(value: unknown): { depth: number; nodes: number; characters: number } {
  const result = { depth: 0, nodes: 0, characters: 0 };
  const stack: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    result.nodes += 1;
    result.depth = Math.max(result.depth, next.depth);
    if (result.nodes > MAX_NODES || result.depth > DEEPEST_NODE) return result;
    const { content, text: characters } = next.value as { content?: unknown; text?: unknown };
    if (typeof characters === "string") result.characters += characters.length;
    if (Array.isArray(content)) for (const child of content) stack.push({ value: child, depth: next.depth + 1 });
  }
  return result;
}

/** The narrative of a section: only the nodes and marks that the model allows, of bounded size. */
export const narrativeSchema: z.ZodType<Narrative> = z
  .unknown()
  .superRefine((value, context) => {
    const size = measure(value);
    const message =
      size.depth > DEEPEST_NODE
        ? "Nested too deeply."
        : size.nodes > MAX_NODES
          ? "Too many paragraphs and formatted parts."
          : size.characters > MAX_TEXT
            ? `At most ${MAX_TEXT.toLocaleString("en")} characters.`
            : null;
    if (message) context.addIssue({ code: "custom", message, continue: false });
  })
  .pipe(doc) as unknown as z.ZodType<Narrative>;
