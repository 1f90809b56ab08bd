import { Fragment, type Mark, type Node, type ResolvedPos, Slice } from "prosemirror-model";
import { type EditorState, Plugin, TextSelection, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { MARKS } from "@/components/worksheet/narrative/editor-schema";
import { findAddresses } from "@/components/worksheet/narrative/find-addresses";

/** No longer word is looked at for an address: the contract takes no longer one (UTF-16 units). */
const LONGEST_WORD = 2000;

/** The address that is linked at the selection, or null. */
export function linkAt(state: EditorState): string | null {
  const { $from, from, to, empty } = state.selection;
  if (empty) return linkBeside($from)?.attrs.href ?? null;
  let href: string | null = null;
  state.doc.nodesBetween(from, to, (node) => {
    href ??= MARKS.link.isInSet(node.marks)?.attrs.href ?? null;
    return href === null;
  });
  return href;
}

/** Links the selection, or the whole link that the cursor is in; where nothing is to be linked, `text` is written and linked. */
export function setLink(state: EditorState, href: string, text: string): Transaction {
  const mark = MARKS.link.create({ href });
  const { from, to } = extent(state);
  const { tr } = state;
  // The cursor goes behind it: what is typed next would take the place of a text that is still selected.
  if (from < to) return tr.addMark(from, to, mark).setSelection(TextSelection.create(tr.doc, to));
  const marks = mark.addToSet(state.storedMarks ?? state.selection.$from.marks());
  return tr.replaceSelectionWith(state.schema.text(text, marks), false);
}

/** Takes the link at the selection away, and leaves its text. */
export function removeLink(state: EditorState): Transaction {
  const { from, to } = extent(state);
  return state.tr.removeMark(from, to, MARKS.link);
}

/** Links addresses that are typed, when the sign after them is, and those that are pasted. */
export function autoLink(): Plugin {
  return new Plugin({
    props: {
      handleTextInput(view, from, to, text, typed) {
        const word = from === to && /^\s$/u.test(text) ? addressBefore(view.state) : null;
        if (!word) return false;
        view.dispatch(typed().addMark(word.from, word.to, word.mark));
        return true;
      },
      handleKeyDown(view, event) {
        const word = event.key === "Enter" && !view.composing ? addressBefore(view.state) : null;
        if (word) view.dispatch(view.state.tr.addMark(word.from, word.to, word.mark));
        return false;
      },
      handlePaste(view, _event, slice) {
        return linkSelection(view, slice);
      },
      transformPasted: (slice) => new Slice(linkAddresses(slice.content), slice.openStart, slice.openEnd),
    },
  });
}

/** What of the document a link at the selection is about, as positions. */
function extent(state: EditorState): { readonly from: number; readonly to: number } {
  const { $from, from, to } = state.selection;
  const mark = linkBeside($from);
  if (!mark) return { from, to };
  let reach = { from, to: from };
  let run: { from: number; to: number } | null = null;
  $from.parent.forEach((node, offset) => {
    const begin = $from.start() + offset;
    if (!mark.isInSet(node.marks)) run = null;
    // Bold and plain parts of a link hang together.
    else run = { from: run?.from ?? begin, to: begin + node.nodeSize };
    if (run && run.from <= from && from <= run.to) reach = run;
  });
  return to <= reach.to ? reach : { from, to };
}

/** The link that a place is in or at the edge of. */
function linkBeside($pos: ResolvedPos): Mark | undefined {
  return MARKS.link.isInSet($pos.nodeAfter?.marks ?? []) ?? MARKS.link.isInSet($pos.nodeBefore?.marks ?? []);
}

interface Word {
  readonly from: number;
  readonly to: number;
  readonly mark: Mark;
}

/** The address that ends at the cursor and is not linked, unless it is code. */
function addressBefore(state: EditorState): Word | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.inlineContent || $from.parent.type.spec.code) return null;
  // Only what is near is read: this is done with every blank that is typed.
  const before = Math.max(0, $from.parentOffset - 2 * LONGEST_WORD);
  const text = $from.parent.textBetween(before, $from.parentOffset, undefined, " ");
  let word = text.length;
  while (word > 0 && /\S/u.test(text.charAt(word - 1))) if (text.length - --word > LONGEST_WORD) return null;
  if (word === text.length) return null;
  const found = findAddresses(text).findLast((one) => one.from >= word);
  if (!found) return null;
  const begin = $from.start() + before;
  const [from, to] = [begin + found.from, begin + found.to];
  if (state.doc.rangeHasMark(from, to, MARKS.code) || state.doc.rangeHasMark(from, to, MARKS.link)) return null;
  return { from, to, mark: MARKS.link.create({ href: found.href }) };
}

/** An address that is pasted over text links the text. */
function linkSelection(view: EditorView, slice: Slice): boolean {
  const { from, to, empty, $from, $to } = view.state.selection;
  if (empty || !$from.sameParent($to) || $from.parent.type.spec.code) return false;
  const text = slice.content.textBetween(0, slice.content.size, "\n").trim();
  const [found] = findAddresses(text);
  if (!found || found.to - found.from !== text.length) return false;
  view.dispatch(view.state.tr.addMark(from, to, MARKS.link.create({ href: found.href })).scrollIntoView());
  return true;
}

function linkAddresses(content: Fragment): Fragment {
  const nodes: Node[] = [];
  content.forEach((node) => {
    if (!node.isText) nodes.push(node.type.spec.code ? node : node.copy(linkAddresses(node.content)));
    else nodes.push(...linkedRuns(node));
  });
  return Fragment.from(nodes);
}

function linkedRuns(node: Node): readonly Node[] {
  const text = node.text ?? "";
  if (MARKS.link.isInSet(node.marks) || MARKS.code.isInSet(node.marks)) return [node];
  const runs: Node[] = [];
  let done = 0;
  for (const { from, to, href } of findAddresses(text)) {
    if (from > done) runs.push(node.cut(done, from));
    runs.push(node.cut(from, to).mark(MARKS.link.create({ href }).addToSet(node.marks)));
    done = to;
  }
  return done === 0 ? [node] : done < text.length ? [...runs, node.cut(done)] : runs;
}
