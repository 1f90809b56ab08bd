import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  liftEmptyBlock,
  newlineInCode,
  splitBlockKeepMarks,
  toggleMark,
} from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import type { MarkType } from "prosemirror-model";
import type { Command, Plugin } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import * as blocks from "@/components/worksheet/narrative/editor-blocks";
import { shallowLists } from "@/components/worksheet/narrative/editor-depth";
import { truthfulLinks } from "@/components/worksheet/narrative/editor-link-text";
import { autoLink } from "@/components/worksheet/narrative/editor-links";
import * as lists from "@/components/worksheet/narrative/editor-lists";
import { pastedCode } from "@/components/worksheet/narrative/editor-pasted-code";
import { MARKS, NODES } from "@/components/worksheet/narrative/editor-schema";
import { narrowTables } from "@/components/worksheet/narrative/editor-table-width";

/** Gives the selection a mark, or takes it away where all of it has it. */
export const toggle = (type: MarkType): Command => toggleMark(type, null, { removeWhenPresent: false });

/** Shortcuts of the toolbar's buttons. `Mod` is Ctrl, or ⌘ on a Mac. */
const FORMATTING: Readonly<Record<string, Command>> = {
  "Mod-b": toggle(MARKS.bold),
  "Mod-B": toggle(MARKS.bold),
  "Mod-i": toggle(MARKS.italic),
  "Mod-I": toggle(MARKS.italic),
  "Mod-e": toggle(MARKS.code),
  "Mod-Shift-7": lists.toggleList(NODES.orderedList),
  "Mod-Shift-8": lists.toggleList(NODES.bulletList),
  "Mod-Alt-c": blocks.toggleCodeBlock,
  "Mod-z": undo,
  "Shift-Mod-z": redo,
  "Mod-y": redo,
};

/** A new line or item goes on in bold, italic or code; a link ends with its line. */
const endingLink =
  (command: Command): Command =>
  (state, dispatch) =>
    command(state, dispatch && ((made) => dispatch(made.storedMarks ? made.removeStoredMark(MARKS.link) : made)));

const backspace = chainCommands(
  undoInputRule,
  blocks.deleteWholeTable,
  lists.backspaceInList,
  blocks.backspaceInCode,
  baseKeymap.Backspace as Command,
);
const remove = chainCommands(blocks.deleteWholeTable, lists.deleteInList, baseKeymap.Delete as Command);

/** Keys that mean something else in lists, code and tables. */
const WRITING: Readonly<Record<string, Command>> = {
  Enter: chainCommands(
    blocks.codeByFence,
    blocks.leaveCodeByEnter,
    newlineInCode,
    endingLink(lists.splitItem),
    createParagraphNear,
    liftEmptyBlock,
    endingLink(splitBlockKeepMarks),
  ),
  "Shift-Enter": blocks.breakLine,
  "Mod-Enter": blocks.breakLine,
  Tab: chainCommands(blocks.nextCell, lists.sinkItem),
  "Shift-Tab": chainCommands(blocks.previousCell, lists.liftItem),
  Backspace: backspace,
  "Mod-Backspace": backspace,
  "Shift-Backspace": backspace,
  Delete: remove,
  "Mod-Delete": remove,
  ArrowRight: blocks.leaveCodeMark(1),
  ArrowLeft: blocks.leaveCodeMark(-1),
  ArrowUp: blocks.leaveCodeUp,
  ArrowDown: blocks.leaveCodeDown,
};

/**
 * What changes text while typing is kept to lists and code blocks: shortcuts for bold and italic would eat the signs of
 * `__init__` and `role/*`.
 */
const rules = () =>
  inputRules({
    rules: [
      wrappingInputRule(/^\s*[-+*]\s$/u, NODES.bulletList),
      wrappingInputRule(
        /^(\d{1,6})\.\s$/u,
        NODES.orderedList,
        ([, first]) => ({ start: Number(first) }),
        ([, first], list) => list.childCount + list.attrs.start === Number(first),
      ),
      textblockTypeInputRule(/^(?:```|~~~)[a-z]*\s$/u, NODES.codeBlock),
    ],
  });

/** Everything that an editor of a narrative does beside showing it. No paragraph is added by itself: nothing changes a text but the person who edits it. */
export function editorPlugins(): readonly Plugin[] {
  return [
    pastedCode(),
    autoLink(),
    truthfulLinks(),
    shallowLists(),
    rules(),
    keymap(FORMATTING),
    keymap(WRITING),
    keymap(baseKeymap),
    history(),
    dropCursor({ color: "currentColor" }),
    gapCursor(),
    narrowTables(),
    tableEditing(),
  ];
}
