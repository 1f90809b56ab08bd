import { joinTextblockBackward, joinTextblockForward } from "prosemirror-commands";
import type { NodeType, ResolvedPos } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItemKeepMarks, wrapInList } from "prosemirror-schema-list";
import { AllSelection, type Command, EditorState, Selection, TextSelection, type Transaction } from "prosemirror-state";
import { canJoin } from "prosemirror-transform";
import { withinDepth } from "@/components/worksheet/narrative/editor-depth";
import { NODES } from "@/components/worksheet/narrative/editor-schema";

/** Makes the selected blocks a list of this kind, a list of the other kind this one, and a list of this kind plain text again. */
export function toggleList(kind: NodeType): Command {
  const toggled: Command = (state, dispatch) => {
    const { $from, $to } = state.selection;
    const range = $from.blockRange($to);
    if (!range) return false;
    const depth = listDepth($from);
    const within = depth > 0 && range.depth - depth <= 1 && range.depth >= depth;
    if (!within) return wrapInList(kind)(state, dispatch && ((made) => dispatch(joinLists(made, kind))));
    if ($from.node(depth).type === kind) return liftListItem(NODES.listItem)(state, dispatch);
    dispatch?.(joinLists(state.tr.setNodeMarkup($from.before(depth), kind), kind));
    return true;
  };
  return withinDepth(overText(toggled));
}

/** Enter in a list: the next item, or out of the list from an empty one. */
export const splitItem = splitListItemKeepMarks(NODES.listItem);
/** Tab in a list: one level in, as far as a text may have them. */
export const sinkItem = withinDepth(sinkListItem(NODES.listItem));
/** Shift-Tab in a list: one level out. */
export const liftItem = liftListItem(NODES.listItem);

/**
 * Backspace at the start of a line: an item leaves its list, and a paragraph behind a list goes on in the list's last line.
 * Without this it would become a paragraph of its own within the last item.
 */
export const backspaceInList: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parentOffset > 0) return false;
  if (inItem($from)) return $from.index(-1) === 0 && liftItem(state, dispatch);
  const before = state.doc.resolve($from.before()).nodeBefore;
  return before !== null && isList(before.type) && joinTextblockBackward(state, dispatch, view);
};

/** Delete at the end of an item brings the text of what follows up, whichever level it stands on. */
export const deleteInList: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  const atEnd = $from.parent.isTextblock && $from.parentOffset === $from.parent.content.size;
  return empty && atEnd && inItem($from) && joinTextblockForward(state, dispatch, view);
};

/** Whether the cursor is in a list of this kind, not counting lists around that. */
export function inList(state: EditorState, kind: NodeType): boolean {
  const { $from } = state.selection;
  const depth = listDepth($from);
  return depth > 0 && $from.node(depth).type === kind;
}

const isList = (type: NodeType) => type === NODES.bulletList || type === NODES.orderedList;
const inItem = ($pos: ResolvedPos) => $pos.depth > 1 && $pos.node(-1).type === NODES.listItem;

/** The depth of the innermost list around a place; 0 when there is none. */
function listDepth($pos: ResolvedPos): number {
  for (let depth = $pos.depth; depth > 0; depth--) if (isList($pos.node(depth).type)) return depth;
  return 0;
}

/** The list that a change made goes together with neighbours of its kind. */
function joinLists(made: Transaction, kind: NodeType): Transaction {
  const depth = listDepth(made.selection.$from);
  if (depth === 0) return made;
  const { $from } = made.selection;
  for (const at of [$from.after(depth), $from.before(depth)]) {
    const { nodeBefore, nodeAfter } = made.doc.resolve(at);
    if (nodeBefore?.type === kind && nodeAfter?.type === kind && canJoin(made.doc, at)) made.join(at);
  }
  return made;
}

/** A command on all that is selected by Ctrl+A works as on the text from its first to its last sign. */
function overText(command: Command): Command {
  return (state, dispatch) => {
    if (!(state.selection instanceof AllSelection)) return command(state, dispatch);
    const { doc } = state;
    const selection = TextSelection.between(Selection.atStart(doc).$from, Selection.atEnd(doc).$to);
    const asText = EditorState.create({ doc, selection });
    return command(
      asText,
      dispatch &&
        ((made) => {
          const { tr } = state;
          for (const step of made.steps) tr.step(step);
          dispatch(tr.setSelection(Selection.fromJSON(tr.doc, made.selection.toJSON())));
        }),
    );
  };
}
