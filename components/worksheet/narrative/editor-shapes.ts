import { Slice } from "prosemirror-model";
import { type Command, EditorState, type Plugin, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type { EditorNode } from "@/components/worksheet/narrative/editor-json";
import { editorPlugins } from "@/components/worksheet/narrative/editor-plugins";
import { EDITOR_SCHEMA } from "@/components/worksheet/narrative/editor-schema";
import { toNarrative } from "@/components/worksheet/narrative/to-narrative";

/** A block in short. */
export type Shape = string | readonly [kind: string, ...Shape[]];

/** `["ul", ["li", "a"]]` as a node; a text alone is a paragraph, and `|` in it the cursor or an end of the selection. */
function nodeOf(shape: Shape): EditorNode {
  const text = (value: string) => (value === "" ? {} : { content: [{ type: "text", text: value }] });
  if (typeof shape === "string") return { type: "paragraph", ...text(shape) };
  const [kind, ...within] = shape;
  if (kind === "pre") return { type: "codeBlock", ...text(String(within[0] ?? "")) };
  const names: Record<string, string> = { ul: "bulletList", ol: "orderedList", li: "listItem" };
  return { type: names[kind] ?? kind, content: within.map(nodeOf) };
}

/** An editor with these blocks, with the cursor or selection where `|` stands. */
export function stateOf(...shapes: readonly Shape[]): EditorState {
  const marked = EDITOR_SCHEMA.nodeFromJSON({ type: "doc", content: shapes.map(nodeOf) });
  let state = EditorState.create({ doc: marked, plugins: [...editorPlugins()] });
  const places: number[] = [];
  for (let at = 0; at < state.doc.content.size; at++) {
    if (state.doc.textBetween(at, at + 1) !== "|") continue;
    places.push(at);
    state = state.apply(state.tr.delete(at, at + 1));
  }
  const [anchor = 1, head = anchor] = places;
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, anchor, head)));
}

/** What a command makes of it. It has to do something. */
export function done(state: EditorState, command: Command): EditorState {
  let now = state;
  if (!command(state, (change) => (now = now.apply(change)))) throw new Error("The command does nothing here.");
  return now;
}

/** What the editor would save, with a cursor in it. */
export function shown(state: EditorState): readonly Shape[] {
  const shape = (node: EditorNode): Shape => {
    if (node.type === "paragraph") return (node.content ?? []).map((one) => one.text ?? "¶").join("");
    const names: Record<string, string> = { bulletList: "ul", orderedList: "ol", listItem: "li", codeBlock: "pre" };
    const kind = names[node.type ?? ""] ?? node.type ?? "";
    if (kind === "pre") return ["pre", (node.content ?? []).map((one) => one.text).join("")];
    return [kind, ...(node.content ?? []).map(shape)];
  };
  const { head } = state.selection;
  const marked = state.selection.empty ? state.apply(state.tr.insertText("|", head)) : state;
  return toNarrative(marked.doc.toJSON() as EditorNode).content.map((node) => shape(node as EditorNode));
}

/** What a plugin takes for the editor in the page, and the state that it has come to. */
function viewOf(state: EditorState): { readonly view: EditorView; readonly now: () => EditorState } {
  let now = state;
  const view = {
    get state() {
      return now;
    },
    composing: false,
    endOfTextblock: () => true,
    dispatch: (change: EditorState["tr"]) => {
      now = now.apply(change);
    },
  } as unknown as EditorView;
  return { view, now: () => now };
}

/** Types signs one by one, as the editor hears of them. */
export function typed(state: EditorState, text: string): EditorState {
  const { view, now } = viewOf(state);
  for (const sign of text) {
    const { from, to } = now().selection;
    const deflt = () => now().tr.insertText(sign, from, to);
    const taken = state.plugins.some((plugin: Plugin) =>
      plugin.props.handleTextInput?.call(plugin, view, from, to, sign, deflt),
    );
    if (!taken) view.dispatch(deflt());
  }
  return now();
}

/** Presses a key with Ctrl or without, as the editor hears of it. */
export function pressed(state: EditorState, key: string, held: { readonly [name: string]: unknown } = {}): EditorState {
  const { view, now } = viewOf(state);
  const event = { key, keyCode: key.toUpperCase().charCodeAt(0), ...held } as unknown as KeyboardEvent;
  state.plugins.some((plugin: Plugin) => plugin.props.handleKeyDown?.call(plugin, view, event));
  return now();
}

/** Pastes what the clipboard has, by its types and as the editor has read it, as far as plugins care for it. Null when they leave it to the editor. */
export function pasted(
  state: EditorState,
  clipboard: Readonly<Record<string, string>>,
  slice = Slice.empty,
): EditorState | null {
  const { view, now } = viewOf(state);
  const event = { clipboardData: { getData: (type: string) => clipboard[type] ?? "" } } as unknown as ClipboardEvent;
  const taken = state.plugins.some((plugin: Plugin) => plugin.props.handlePaste?.call(plugin, view, event, slice));
  return taken ? now() : null;
}
