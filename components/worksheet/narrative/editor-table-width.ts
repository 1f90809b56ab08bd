import { Fragment, type Node, Slice } from "prosemirror-model";
import { type EditorState, Plugin } from "prosemirror-state";
import { CellSelection, handlePaste, isInTable, selectionCell, TableMap } from "prosemirror-tables";
import { NODES } from "@/components/worksheet/narrative/editor-schema";
import { MOST_COLUMNS } from "@/lib/domain/worksheet/narrative";

/** Cells that are pasted into a table end with the last column that it may have: the server takes no wider one. */
export function narrowTables(): Plugin {
  return new Plugin({
    props: {
      handlePaste(view, event, slice) {
        const { state } = view;
        // What is pasted over selected cells fills them, and no more.
        if (!isInTable(state) || state.selection instanceof CellSelection) return false;
        return handlePaste(view, event, cut(slice, columnsLeft(state)));
      },
    },
  });
}

/** How many columns a table may have from the selected cell on. One that is wider already is left as wide as it is. */
function columnsLeft(state: EditorState): number {
  const cell = selectionCell(state);
  const map = TableMap.get(cell.node(-1));
  return Math.max(MOST_COLUMNS, map.width) - map.findCell(cell.pos - cell.start(-1)).left;
}

function cut({ content, openStart, openEnd }: Slice, columns: number): Slice {
  const loose = content.firstChild?.type;
  const cells = loose === NODES.tableCell || loose === NODES.tableHeader;
  const narrow = cells
    ? firstOf(content, columns)
    : Fragment.from(content.content.map((one) => narrowed(one, columns)));
  return new Slice(narrow, openStart, openEnd);
}

function narrowed(node: Node, columns: number): Node {
  if (node.type === NODES.tableRow) return node.copy(firstOf(node.content, columns));
  if (node.type !== NODES.table) return node;
  return node.copy(Fragment.from(node.children.map((row) => narrowed(row, columns))));
}

const firstOf = (cells: Fragment, count: number) => Fragment.from(cells.content.slice(0, count));
