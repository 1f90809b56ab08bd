import { Fragment, type Node } from "prosemirror-model";
import { type Command, type EditorState, Plugin, Selection, type Transaction } from "prosemirror-state";
import { NODES } from "@/components/worksheet/narrative/editor-schema";
import { DEEPEST_NODE } from "@/lib/domain/worksheet/narrative";

/** The deepest place of a list: its items, their paragraphs and the texts in them are deeper. */
const DEEPEST_LIST = DEEPEST_NODE - 3;

/** A command that does nothing where lists would stand deeper in each other than the server takes them. */
export const withinDepth =
  (command: Command): Command =>
  (state, dispatch) =>
    command(
      state,
      dispatch &&
        ((made) => {
          if (!isTooDeep(made.doc, 1)) dispatch(made);
        }),
    );

/** Lists that are pasted deeper than the server takes them go on at the deepest level that it does. */
export function shallowLists(): Plugin {
  return new Plugin({
    appendTransaction(changes, before, state) {
      if (!changes.some((change) => change.docChanged)) return null;
      const { tr } = state;
      // What did not change is the same node.
      const known = new Set(before.doc.children);
      state.doc.forEach((block, at) => {
        if (!known.has(block) && isTooDeep(block, 2)) putFlat(tr, state, block, at);
      });
      return tr.docChanged ? tr : null;
    },
  });
}

function isTooDeep(node: Node, depth: number): boolean {
  if (isList(node) && depth > DEEPEST_LIST) return true;
  return !node.inlineContent && node.children.some((child) => isTooDeep(child, depth + 1));
}

function putFlat(tr: Transaction, state: EditorState, block: Node, at: number): void {
  const { head } = state.selection;
  const flat = flattened(block, 2);
  const begin = tr.mapping.map(at);
  tr.replaceWith(begin, begin + block.nodeSize, flat);
  if (head < at || head > at + block.nodeSize) return;
  // The texts are in the same order, so that the cursor is behind as many signs as before.
  const signs = state.doc.textBetween(at, head, "", "¶").length;
  tr.setSelection(Selection.near(tr.doc.resolve(begin + placeAfter(flat, signs))));
}

/** The place in a block behind so many signs of its text. */
function placeAfter(block: Node, signs: number): number {
  let [left, place] = [signs, 1];
  block.descendants((node, at) => {
    if (left < 0) return false;
    if (!node.inlineContent) return true;
    const { size } = node.content;
    place = at + 2 + Math.min(left, size);
    left -= size;
    if (left === 0) left = -1;
    return false;
  });
  return place;
}

/** A block with no list deeper than it may be. @param depth where the block stands */
function flattened(node: Node, depth: number): Node {
  if (node.inlineContent) return node;
  const children = node.children.flatMap((child) =>
    isList(node) ? itemsOf(child, depth) : [flattened(child, depth + 1)],
  );
  return node.copy(Fragment.from(children));
}

/** An item, and what of its own lists has to stand beside it. @param depth where its list stands */
function itemsOf(item: Node, depth: number): readonly Node[] {
  if (depth + 2 <= DEEPEST_LIST) return [flattened(item, depth + 1)];
  const items: Node[] = [];
  let run: Node[] = [];
  const close = () => {
    if (run.length > 0) items.push(item.copy(Fragment.from(run)));
    run = [];
  };
  for (const child of item.children) {
    if (isList(child)) {
      close();
      items.push(...child.children.flatMap((inner) => itemsOf(inner, depth)));
    } else run.push(child);
  }
  close();
  return items;
}

const isList = ({ type }: Node) => type === NODES.bulletList || type === NODES.orderedList;
