import { closeHistory, redoDepth, undoDepth } from "prosemirror-history";
import { type Command, EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import { cleanPastedHtml } from "@/components/worksheet/narrative/clean-pasted-html";
import { hasMark, inCode, inTable, isWidest } from "@/components/worksheet/narrative/editor-blocks";
import type { EditorNode } from "@/components/worksheet/narrative/editor-json";
import { linkAt } from "@/components/worksheet/narrative/editor-links";
import { inList } from "@/components/worksheet/narrative/editor-lists";
import { editorPlugins } from "@/components/worksheet/narrative/editor-plugins";
import { EDITOR_SCHEMA, MARKS, NODES } from "@/components/worksheet/narrative/editor-schema";
import { toEditorDocument } from "@/components/worksheet/narrative/to-editor-document";
import { toNarrative } from "@/components/worksheet/narrative/to-narrative";
import type { Narrative } from "@/lib/domain/worksheet/narrative";

/** What stands at the selection, and what can be done there: as the toolbar shows it. */
export interface EditorLook {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly code: boolean;
  readonly link: boolean;
  readonly bulletList: boolean;
  readonly orderedList: boolean;
  readonly codeBlock: boolean;
  readonly table: boolean;
  /** The table has as many columns as one may have. */
  readonly widest: boolean;
  readonly undo: boolean;
  readonly redo: boolean;
}

/** An editor in the page. */
export interface Editor {
  readonly look: EditorLook;
  /** Does something at the selection, and puts the focus into the text. */
  readonly act: (command: Command) => void;
  readonly focus: () => void;
  /** The address that is linked at the selection, or null. */
  readonly linkedAddress: () => string | null;
}

/** What the editor is about. */
export interface EditorOptions {
  readonly value: Narrative;
  readonly onChange: (value: Narrative) => void;
  /** Attributes of the text field. */
  readonly attributes: Record<string, string>;
  readonly onEscape: () => void;
}

/** Marks what did not come from the person at the keyboard. */
const FROM_OUTSIDE = "from outside";

/**
 * Puts an editor into an element. The text belongs to the caller: a `value` that did not come from this editor (a merge,
 * somebody else's save) replaces what is shown, and can be undone.
 */
export function useEditor(host: RefObject<HTMLElement | null>, options: EditorOptions): Editor {
  const latest = useRef({ shown: options.value, options });
  latest.current.options = options;
  const view = useRef<EditorView | null>(null);
  const [look, setLook] = useState(NOTHING);

  useLayoutEffect(() => {
    if (!host.current) return;
    const made = new EditorView(host.current, {
      state: EditorState.create({ doc: documentOf(latest.current.shown), plugins: [...editorPlugins()] }),
      attributes: () => latest.current.options.attributes,
      transformPastedHTML: cleanPastedHtml,
      handleKeyDown: (_view, event) => {
        if (event.key !== "Escape") return false;
        latest.current.options.onEscape();
        return true;
      },
      dispatchTransaction(change) {
        const before = made.state.doc;
        made.updateState(made.state.apply(change));
        setLook((shown) => sameOr(shown, lookOf(made.state)));
        if (made.state.doc === before || change.getMeta(FROM_OUTSIDE)) return;
        const narrative = toNarrative(made.state.doc.toJSON() as EditorNode);
        latest.current.shown = narrative;
        latest.current.options.onChange(narrative);
      },
    });
    view.current = made;
    setLook(lookOf(made.state));
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [host]);

  useLayoutEffect(() => {
    const shown = view.current;
    if (!shown || latest.current.shown === options.value) return;
    latest.current.shown = options.value;
    const { anchor, head } = shown.state.selection;
    // A step of its own: one undo takes back this alone, and not what was typed just before.
    const change = closeHistory(shown.state.tr.setMeta(FROM_OUTSIDE, true));
    change.replaceWith(0, change.doc.content.size, documentOf(options.value).content);
    const end = change.doc.content.size;
    const place = (at: number) => change.doc.resolve(Math.min(at, end));
    shown.dispatch(change.setSelection(TextSelection.between(place(anchor), place(head))));
  }, [options.value]);

  return useMemo(
    () => ({
      look,
      act: (command) => {
        const shown = view.current;
        if (!shown) return;
        shown.focus();
        command(shown.state, shown.dispatch, shown);
      },
      focus: () => view.current?.focus(),
      linkedAddress: () => view.current && linkAt(view.current.state),
    }),
    [look],
  );
}

const documentOf = (narrative: Narrative) => EDITOR_SCHEMA.nodeFromJSON(toEditorDocument(narrative));

const NOTHING: EditorLook = {
  bold: false,
  italic: false,
  code: false,
  link: false,
  bulletList: false,
  orderedList: false,
  codeBlock: false,
  table: false,
  widest: false,
  undo: false,
  redo: false,
};

function lookOf(state: EditorState): EditorLook {
  return {
    bold: hasMark(state, MARKS.bold),
    italic: hasMark(state, MARKS.italic),
    code: hasMark(state, MARKS.code),
    link: linkAt(state) !== null,
    bulletList: inList(state, NODES.bulletList),
    orderedList: inList(state, NODES.orderedList),
    codeBlock: inCode(state),
    table: inTable(state),
    widest: isWidest(state),
    undo: undoDepth(state) > 0,
    redo: redoDepth(state) > 0,
  };
}

/** The look that is shown where it is the same: what did not change is not drawn anew with each sign that is typed. */
function sameOr(shown: EditorLook, now: EditorLook): EditorLook {
  const keys = Object.keys(now) as (keyof EditorLook)[];
  return keys.every((key) => shown[key] === now[key]) ? shown : now;
}
