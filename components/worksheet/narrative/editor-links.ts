import { Fragment, type Mark, type Node, type ResolvedPos, Slice } from "prosemirror-model";
import { type EditorState, Plugin, Selection, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { asEntered, type Reach } from "@/components/worksheet/narrative/editor-link-text";
import { MARKS } from "@/components/worksheet/narrative/editor-schema";
import { findAddresses } from "@/components/worksheet/narrative/find-addresses";
import { completeAddress, isOwnAddress } from "@/components/worksheet/narrative/link-address";

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

/**
 * Links the selection, or the whole link that the cursor is in; where nothing is to be linked, `text` is written and linked.
 * It also takes the place of a text that said where the link led before.
 */
export function setLink(state: EditorState, href: string, text: string): Transaction {
  const mark = MARKS.link.create({ href });
  const tr = asEntered(state.tr);
  const parts = extent(state);
  const [part] = parts;
  const former = linkBeside(state.selection.$from);
  if (part && former && isOwnAddress(state.doc.textBetween(part.from, part.to), former.attrs.href)) {
    const marks = mark.addToSet(state.doc.resolve(part.from).nodeAfter?.marks ?? []);
    tr.replaceWith(part.from, part.to, state.schema.text(text, marks));
    return tr.setSelection(Selection.near(tr.doc.resolve(part.from + text.length), -1));
  }
  for (const { from, to } of parts) tr.addMark(from, to, mark);
  // The cursor goes behind it: what is typed next would take the place of a text that is still selected.
  const end = Math.max(...parts.map(({ to }) => to));
  if (parts.some(({ from, to }) => hasWords(tr.doc, from, to))) {
    return tr.setSelection(Selection.near(tr.doc.resolve(end), -1));
  }
  tr.setSelection(Selection.near(state.selection.$from));
  const marks = mark.addToSet(state.storedMarks ?? state.selection.$from.marks());
  return tr.replaceSelectionWith(state.schema.text(text, marks), false);
}

/** Takes the link at the selection away, and leaves its text. */
export function removeLink(state: EditorState): Transaction {
  const { tr } = state;
  for (const { from, to } of extent(state)) tr.removeMark(from, to, MARKS.link);
  return tr;
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
        const unlinked = event.key === "Backspace" && !view.composing ? unlinkBefore(view.state) : null;
        if (unlinked) view.dispatch(unlinked);
        return false;
      },
      handlePaste(view, _event, slice) {
        return linkSelection(view, slice);
      },
      transformPasted: (slice) => new Slice(linkAddresses(slice.content), slice.openStart, slice.openEnd),
    },
  });
}

const hasWords = (doc: Node, from: number, to: number) => doc.textBetween(from, to) !== "";

/** What of the document a link at the selection is about, as positions; of a table each cell that is selected. */
function extent(state: EditorState): readonly Reach[] {
  const { $from, from, to, ranges } = state.selection;
  const selected = ranges.map((range) => ({ from: range.$from.pos, to: range.$to.pos }));
  const mark = linkBeside($from);
  if (!mark || ranges.length > 1) return selected;
  let reach = { from, to: from };
  let run: { from: number; to: number } | null = null;
  $from.parent.forEach((node, offset) => {
    const begin = $from.start() + offset;
    if (!mark.isInSet(node.marks)) run = null;
    // Bold and plain parts of a link hang together.
    else run = { from: run?.from ?? begin, to: begin + node.nodeSize };
    if (run && run.from <= from && from <= run.to) reach = run;
  });
  return to <= reach.to ? [reach] : selected;
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
  if (state.doc.rangeHasMark(from, to, MARKS.code) || !mayLink(state.doc, from, to)) return null;
  return { from, to, mark: MARKS.link.create({ href: found.href }) };
}

/** Whether an address is not linked yet, or went on behind a link to its former self. */
function mayLink(doc: Node, from: number, to: number): boolean {
  let [linked, end, href] = ["", from, ""];
  doc.nodesBetween(from, to, (node, at) => {
    const mark = MARKS.link.isInSet(node.marks);
    if (!mark) return;
    end = Math.min(to, at + node.nodeSize);
    linked += doc.textBetween(Math.max(from, at), end);
    href = mark.attrs.href;
  });
  if (linked === "") return true;
  const own = completeAddress(linked);
  return end < to && linked.length === end - from && own !== null && href.startsWith(own);
}

/** A link whose text is its address ends with the first sign that is taken from the text: it would lead elsewhere. */
function unlinkBefore({ tr, selection }: EditorState): Transaction | null {
  const { nodeBefore, nodeAfter, pos } = selection.$from;
  const mark = MARKS.link.isInSet(nodeBefore?.marks ?? []);
  if (!selection.empty || !nodeBefore || !mark || mark.isInSet(nodeAfter?.marks ?? [])) return null;
  if (!isOwnAddress(nodeBefore.text ?? "", mark.attrs.href)) return null;
  return tr.removeMark(pos - nodeBefore.nodeSize, pos, mark);
}

/** An address that is pasted over text links the text; over another address it takes its place. */
function linkSelection(view: EditorView, slice: Slice): boolean {
  const { from, to, empty, $from, $to } = view.state.selection;
  if (empty || !$from.sameParent($to) || $from.parent.type.spec.code) return false;
  const text = slice.content.textBetween(0, slice.content.size, "\n").trim();
  const found = wholeAddress(text);
  if (!found || wholeAddress(view.state.doc.textBetween(from, to).trim())) return false;
  view.dispatch(view.state.tr.addMark(from, to, MARKS.link.create({ href: found.href })).scrollIntoView());
  return true;
}

function wholeAddress(text: string) {
  const [found] = findAddresses(text);
  return found && found.to - found.from === text.length ? found : null;
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
