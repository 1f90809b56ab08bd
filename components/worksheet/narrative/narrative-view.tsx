import { Box } from "@mantine/core";
import { createElement, Fragment, type ReactNode } from "react";
import classes from "@/components/worksheet/narrative/narrative-view.module.css";
import type { BlockNode, InlineNode, Mark, Narrative } from "@/lib/domain/worksheet/narrative";
import { safeLink } from "@/lib/domain/worksheet/safe-link";

/** A narrative to read: the same look as in the editor, without the editor's weight. */
export function NarrativeView({ narrative }: { readonly narrative: Narrative }) {
  return <div className={classes.text}>{each(narrative.content, block)}</div>;
}

/** Nodes have no identity beside their place, so they are children by place, without keys. */
function each<T>(nodes: readonly T[], draw: (node: T) => ReactNode): ReactNode {
  return createElement(Fragment, null, ...nodes.map(draw));
}

function block(node: BlockNode): ReactNode {
  switch (node.type) {
    case "paragraph":
      return <p>{each(node.content ?? [], inline)}</p>;
    case "codeBlock":
      return (
        <pre>
          <code>{each(node.content ?? [], inline)}</code>
        </pre>
      );
    case "bulletList":
      return <ul>{each(node.content, (item) => createElement("li", null, each(item.content, block)))}</ul>;
    case "orderedList":
      return (
        <ol start={node.attrs?.start ?? 1}>
          {each(node.content, (item) => createElement("li", null, each(item.content, block)))}
        </ol>
      );
    case "table":
      return (
        // A wide table scrolls, and has to scroll by keyboard too.
        <Box className={classes.scroll} tabIndex={0} role="group" aria-label="Table">
          <table>
            <tbody>
              {each(node.content, (row) =>
                createElement(
                  "tr",
                  null,
                  each(row.content, (cell) =>
                    createElement(cell.type === "tableHeader" ? "th" : "td", null, each(cell.content, block)),
                  ),
                ),
              )}
            </tbody>
          </table>
        </Box>
      );
  }
}

function inline(node: InlineNode): ReactNode {
  return node.type === "hardBreak"
    ? createElement("br")
    : (node.marks ?? []).reduceRight(marked, node.text as ReactNode);
}

function marked(inner: ReactNode, mark: Mark): ReactNode {
  if (mark.type !== "link") return createElement(MARK_TAGS[mark.type], null, inner);
  const href = safeLink(mark.attrs.href);
  return href ? createElement("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, inner) : inner;
}

const MARK_TAGS = { bold: "strong", italic: "em", code: "code" } as const;
