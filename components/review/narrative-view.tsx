import type { ReactNode } from "react";
import { ScrollRegion } from "@/components/kit/scroll-region";
import type { BlockNode, InlineNode, ListItemNode, Mark, TableNode } from "@/lib/domain/worksheet/narrative";
import { safeLink } from "@/lib/domain/worksheet/safe-link";

/** The narrative is shown whole and never reordered, so a node's place is its identity. */
function keyOf(index: number): string {
  return `n${index}`;
}

/** One block of a narrative. */
export function Block({ block }: { readonly block: BlockNode }) {
  switch (block.type) {
    case "paragraph":
      return (
        <p>
          <Inlines nodes={block.content ?? []} />
        </p>
      );
    case "codeBlock":
      return (
        <ScrollRegion label="Preformatted text">
          <pre>{(block.content ?? []).map(({ text }) => text).join("")}</pre>
        </ScrollRegion>
      );
    case "bulletList":
      return (
        <ul>
          <ListItems items={block.content} />
        </ul>
      );
    case "orderedList":
      return (
        <ol start={block.attrs?.start ?? 1}>
          <ListItems items={block.content} />
        </ol>
      );
    case "table":
      return <NarrativeTable table={block} />;
  }
}

function ListItems({ items }: { readonly items: readonly ListItemNode[] }) {
  return items.map((item, index) => (
    <li key={keyOf(index)}>
      {item.content.map((block, at) => (
        <Block key={keyOf(at)} block={block} />
      ))}
    </li>
  ));
}

function NarrativeTable({ table }: { readonly table: TableNode }) {
  return (
    <ScrollRegion label="Table">
      <table>
        <tbody>
          {table.content.map((row, index) => (
            <tr key={keyOf(index)}>
              {row.content.map((cell, at) => {
                const Cell = cell.type === "tableHeader" ? "th" : "td";
                return (
                  <Cell key={keyOf(at)}>
                    {cell.content.map((block, deep) => (
                      <Block key={keyOf(deep)} block={block} />
                    ))}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Inlines({ nodes }: { readonly nodes: readonly InlineNode[] }) {
  return nodes.map((node, index) =>
    node.type === "hardBreak" ? (
      <br key={keyOf(index)} />
    ) : (
      <Marked key={keyOf(index)} text={node.text} marks={node.marks ?? []} />
    ),
  );
}

/** A run of text in its marks. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }): ReactNode {
  return marks.reduceRight<ReactNode>((inner, mark) => withMark(inner, mark), text);
}

function withMark(inner: ReactNode, mark: Mark): ReactNode {
  if (mark.type === "bold") return <strong>{inner}</strong>;
  if (mark.type === "italic") return <em>{inner}</em>;
  if (mark.type === "code") return <code>{inner}</code>;
  const href = safeLink(mark.attrs.href);
  if (!href) return <span title={mark.attrs.href}>{inner}</span>;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {inner}
    </a>
  );
}
