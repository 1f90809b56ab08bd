import { exitCode, setBlockType } from "prosemirror-commands";
import type { MarkType } from "prosemirror-model";
import { type Command, type EditorState, Selection, TextSelection } from "prosemirror-state";
import { addRowAfter, CellSelection, deleteTable, findTable, goToNextCell, TableMap } from "prosemirror-tables";
import { MARKS, NODES } from "@/components/worksheet/narrative/editor-schema";
import { MOST_COLUMNS } from "@/lib/domain/worksheet/narrative";

/** Whether all selected text, or what is typed next, has a mark. */
export function hasMark(state: EditorState, type: MarkType): boolean {
  const { empty, $from, ranges } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  let [some, all] = [false, true];
  for (const range of ranges) {
    const [from, to] = [range.$from.pos, range.$to.pos];
    state.doc.nodesBetween(from, to, (node, at, parent) => {
      // What the command that sets it passes over too: blanks, and text that takes no such mark.
      if (!node.isText || !parent?.type.allowsMarkType(type)) return;
      if (!node.text?.slice(Math.max(0, from - at), to - at).trim()) return;
      some = true;
      all &&= type.isInSet(node.marks) !== undefined;
    });
  }
  return some && all;
}

/** Whether the selection begins in a code block. */
export const inCode = (state: EditorState) => state.selection.$from.parent.type === NODES.codeBlock;

/** Whether the selection begins in a table. */
export const inTable = (state: EditorState) => findTable(state.selection.$from) !== null;

/** Makes the selected lines code blocks, or code blocks paragraphs. */
export const toggleCodeBlock: Command = (state, dispatch) =>
  setBlockType(inCode(state) ? NODES.paragraph : NODES.codeBlock)(state, dispatch);

/** What was typed as the fence of a code block becomes one with Enter. */
export const codeByFence: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!empty || parent.type !== NODES.paragraph || !/^(?:```|~~~)[a-z]*$/u.test(parent.textContent)) return false;
  if (parent.childCount !== 1 || $from.parentOffset !== parent.content.size) return false;
  if (!$from.node(-1).canReplaceWith($from.index(-1), $from.indexAfter(-1), NODES.codeBlock)) return false;
  const start = $from.start();
  dispatch?.(state.tr.delete(start, $from.end()).setBlockType(start, start, NODES.codeBlock));
  return true;
};

/** A third Enter at the end of a code block leaves it, and takes the two empty lines along. */
export const leaveCodeByEnter: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!empty || !inCode(state) || $from.parentOffset !== parent.content.size) return false;
  if (!parent.textContent.endsWith("\n\n")) return false;
  const above = $from.node(-1);
  const next = $from.indexAfter(-1);
  if (!above.canReplaceWith(next, next, NODES.paragraph)) return false;
  const tr = state.tr.delete($from.pos - 2, $from.pos);
  const after = tr.mapping.map($from.after());
  tr.insert(after, NODES.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

/** Arrow down at the end of a code block goes on to what follows, or to a new paragraph. */
export const leaveCodeDown: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || !inCode(state) || $from.parentOffset !== $from.parent.content.size) return false;
  const after = $from.after();
  if (state.doc.nodeAt(after) === null) return exitCode(state, dispatch);
  dispatch?.(state.tr.setSelection(Selection.near(state.doc.resolve(after))).scrollIntoView());
  return true;
};

/** Arrow up in a code block that begins the text makes a paragraph before it. */
export const leaveCodeUp: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || !inCode(state) || $from.parentOffset > 0 || $from.before() > 0) return false;
  const { tr } = state;
  tr.insert(0, NODES.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, 1)).scrollIntoView());
  return true;
};

/** Backspace in an empty code block, or at the start of one that begins the text, makes it a paragraph. */
export const backspaceInCode: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || !inCode(state) || ($from.pos > 1 && $from.parent.content.size > 0)) return false;
  return setBlockType(NODES.paragraph)(state, dispatch);
};

/**
 * Right at the end of inline code, and left where a block begins with it: what is typed next is no code. The cursor stays
 * once, because there is no place between.
 */
export const leaveCodeMark =
  (way: 1 | -1): Command =>
  (state, dispatch) => {
    const { $from, empty } = state.selection;
    if (!empty || !MARKS.code.isInSet(state.storedMarks ?? $from.marks())) return false;
    const next = way === 1 ? $from.nodeAfter : $from.nodeBefore;
    if (next && MARKS.code.isInSet(next.marks)) return false;
    dispatch?.(state.tr.removeStoredMark(MARKS.code));
    return true;
  };

/** Shift-Enter: a new line in the paragraph. */
export const breakLine: Command = (state, dispatch) => {
  if (exitCode(state, dispatch)) return true;
  if (!state.selection.$from.parent.inlineContent) return false;
  dispatch?.(state.tr.replaceSelectionWith(NODES.hardBreak.create()).scrollIntoView());
  return true;
};

/** A table of three rows and columns, with a header row; the cursor is in its first cell. */
export const insertTable: Command = (state, dispatch) => {
  const row = (kind: typeof NODES.tableCell) =>
    NODES.tableRow.create(
      null,
      [1, 2, 3].map(() => kind.createAndFill()).filter((cell) => cell !== null),
    );
  const table = NODES.table.create(null, [row(NODES.tableHeader), row(NODES.tableCell), row(NODES.tableCell)]);
  const { tr } = state;
  const at = tr.selection.from + 1;
  tr.replaceSelectionWith(table);
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(at))).scrollIntoView());
  return true;
};

/** Whether the table around the selection has as many columns as one may have. */
export function isWidest({ selection }: EditorState): boolean {
  const table = findTable(selection.$from);
  return table !== null && TableMap.get(table.node).width >= MOST_COLUMNS;
}

/** Tab in a table: the next cell, and a new row behind the last. */
export const nextCell: Command = (state, dispatch, view) => {
  if (goToNextCell(1)(state, dispatch)) return true;
  if (!addRowAfter(state, dispatch)) return false;
  if (view) goToNextCell(1)(view.state, view.dispatch);
  return true;
};
/** Shift-Tab in a table. */
export const previousCell = goToNextCell(-1);

/** Removes the table when all of its cells are selected. */
export const deleteWholeTable: Command = (state, dispatch) => {
  const { selection } = state;
  if (!(selection instanceof CellSelection)) return false;
  return selection.isColSelection() && selection.isRowSelection() && deleteTable(state, dispatch);
};
