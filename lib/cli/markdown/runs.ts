import { isSame } from "@/lib/domain/same";
import type { InlineNode, Mark } from "@/lib/domain/worksheet/narrative";

/** The order in which the editor keeps the marks of a text. */
export const MARK_ORDER: readonly Mark["type"][] = ["link", "bold", "code", "italic"];

/** Neighbouring runs of text with the same marks become one, as in the editor. */
export function joinRuns(nodes: readonly InlineNode[]): InlineNode[] {
  const joined: InlineNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (last?.type === "text" && node.type === "text" && isSame(last.marks, node.marks)) {
      joined[joined.length - 1] = { ...last, text: last.text + node.text };
    } else joined.push(node);
  }
  return joined;
}
