import { isHistoryTransaction } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import type { Mapping } from "prosemirror-transform";
import { MARKS } from "@/components/worksheet/narrative/editor-schema";
import { findAddresses, hasHost } from "@/components/worksheet/narrative/find-addresses";
import { completeAddress, isOwnAddress } from "@/components/worksheet/narrative/link-address";

/** A part of the document, as positions. */
export interface Reach {
  readonly from: number;
  readonly to: number;
}

interface Link extends Reach {
  readonly href: string;
}

/** Links whose text was their address until it was changed, and that were not seen to yet. */
const STALE = new PluginKey<readonly Link[]>("stale links");

/** How long an input method may take until what it composed is in the document (milliseconds). */
const COMPOSED = 50;

/** Marks a change as what a person entered for a link: it leads there, whatever it looks like. */
export const asEntered = (change: Transaction): Transaction => change.setMeta(STALE, true);

/**
 * A link whose text is its own address follows it: once the text is changed, it leads to what is shown now, or is none where
 * that is no address. While an input method composes a word nothing is changed around it.
 */
export function truthfulLinks(): Plugin {
  return new Plugin<readonly Link[]>({
    key: STALE,
    state: {
      init: () => [],
      apply(change, stale, before) {
        // First: where nothing was to be linked or unlinked, what saw to it changed nothing.
        if (change.getMeta(STALE)) return [];
        if (!change.docChanged) return stale;
        const known = stale.map((reach) => mapped(reach, change.mapping)).filter(isSomething);
        return isHistoryTransaction(change) ? known : [...known, ...changedLinks(before.doc, change)];
      },
    },
    appendTransaction(changes, _before, state) {
      const stale = STALE.getState(state) ?? [];
      const composing = changes.some((change) => change.getMeta("composition") !== undefined);
      return stale.length === 0 || composing ? null : relink(state, stale);
    },
    props: {
      handleDOMEvents: {
        compositionend(view) {
          setTimeout(() => {
            if (!view.isDestroyed && !view.composing && STALE.getState(view.state)?.length)
              view.dispatch(view.state.tr);
          }, COMPOSED);
          return false;
        },
      },
    },
  });
}

/** The links to their own text whose text a change touched, where they are now. */
function changedLinks(before: Node, change: Transaction): readonly Link[] {
  const changed: Link[] = [];
  for (const link of ownLinks(before, touched(change))) {
    const now = mapped(link, change.mapping);
    if (isSomething(now) && textOf(change.doc, now) !== textOf(before, link)) changed.push(now);
  }
  return changed;
}

/** What of the document before a change it was about, and the signs beside that. */
function touched(change: Transaction): Reach {
  let [from, to] = [change.before.content.size, 0];
  change.mapping.maps.forEach((map, index) => {
    const back = change.mapping.slice(0, index).invert();
    map.forEach((start, end) => {
      from = Math.min(from, back.map(start, -1));
      to = Math.max(to, back.map(end, 1));
    });
  });
  return { from: Math.max(0, from - 1), to: Math.min(change.before.content.size, to + 1) };
}

/** The links within a part of a document that lead to what their text says. */
function ownLinks(doc: Node, { from, to }: Reach): readonly Link[] {
  const found: Link[] = [];
  if (from >= to) return found;
  doc.nodesBetween(from, to, (block, at) => {
    if (!block.inlineContent) return true;
    found.push(...linksOf(block, at + 1).filter((link) => isOwnAddress(textOf(doc, link), link.href)));
    return false;
  });
  return found;
}

/** The links of a block. Bold and plain parts of one hang together. */
function linksOf(block: Node, start: number): readonly Link[] {
  const links: Link[] = [];
  block.forEach((node, offset) => {
    const href: string | undefined = MARKS.link.isInSet(node.marks)?.attrs.href;
    if (href === undefined) return;
    const [from, to] = [start + offset, start + offset + node.nodeSize];
    const last = links.at(-1);
    if (last?.href === href && last.to === from) links[links.length - 1] = { ...last, to };
    else links.push({ from, to, href });
  });
  return links;
}

/** Each link leads to the address that is in its place now, or is gone. */
function relink(state: EditorState, stale: readonly Link[]): Transaction {
  const { tr } = state;
  for (const reach of stale) {
    tr.removeMark(reach.from, reach.to, MARKS.link);
    for (const { from, to, href } of addressesIn(state.doc, reach)) {
      const taken = tr.doc.rangeHasMark(from, to, MARKS.link) || tr.doc.rangeHasMark(from, to, MARKS.code);
      if (!taken) tr.addMark(from, to, MARKS.link.create({ href }));
    }
  }
  return tr.setMeta(STALE, true);
}

/** The addresses in the words that a part of the document is about; one that nobody would take for one only if it is all of it. */
function addressesIn(doc: Node, reach: Link): readonly Link[] {
  const found: Link[] = [];
  doc.nodesBetween(reach.from, reach.to, (block, at) => {
    if (!block.inlineContent) return true;
    found.push(...addressesOf(block, at + 1, reach));
    return false;
  });
  const whole = found.length > 0 ? null : completeAddress(textOf(doc, reach));
  return whole !== null && hasHost(whole) ? [{ ...reach, href: whole }] : found;
}

function addressesOf(block: Node, start: number, reach: Link): readonly Link[] {
  const text = block.textBetween(0, block.content.size, undefined, " ");
  let [from, to] = [Math.max(0, reach.from - start), Math.min(text.length, reach.to - start)];
  while (from > 0 && /\S/u.test(text.charAt(from - 1))) from--;
  while (to < text.length && /\S/u.test(text.charAt(to))) to++;
  const begin = start + from;
  // Whoever has linked `https://jira/` has hosts of one word.
  const found = findAddresses(text.slice(from, to), /^https?:/iu.test(reach.href) && !hasHost(reach.href));
  return found.map((one) => ({ ...one, from: begin + one.from, to: begin + one.to }));
}

/** Where a part of the document is after a change, without what was put before or behind it. */
const mapped = (link: Link, mapping: Mapping): Link => ({
  ...link,
  from: mapping.map(link.from, 1),
  to: mapping.map(link.to, -1),
});
const isSomething = ({ from, to }: Reach) => from < to;
const textOf = (doc: Node, { from, to }: Reach) => doc.textBetween(from, to, "\n", "\n");
