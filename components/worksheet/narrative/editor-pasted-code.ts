import { type EditorState, Plugin, Selection, type Transaction } from "prosemirror-state";
import { MARKS, NODES } from "@/components/worksheet/narrative/editor-schema";

/** What VS Code puts on the clipboard beside the text, as JSON: `mode` is the language that it was written in. */
const VS_CODE = "vscode-editor-data";

/** Languages of text that is no code. */
const PROSE: readonly unknown[] = ["plaintext", "markdown", "latex", "log", "search-result", "git-commit"];

/** Code that is pasted from VS Code stays code. */
export function pastedCode(): Plugin {
  return new Plugin({
    props: {
      handlePaste(view, event) {
        const data = event.clipboardData;
        const code = data && isCode(data.getData(VS_CODE)) ? data.getData("text/plain") : "";
        const change = code && putCode(view.state, code);
        if (!change) return false;
        view.dispatch(change.setMeta("paste", true).setMeta("uiEvent", "paste").scrollIntoView());
        return true;
      },
    },
  });
}

/**
 * Puts code where the selection is: lines as a code block, a piece of one line into a text as inline code. Null within a
 * code block, where it is text as any other.
 */
function putCode(state: EditorState, pasted: string): Transaction | null {
  const code = pasted.replace(/\r\n?/gu, "\n").replaceAll("\0", "");
  const { $from, $to } = state.selection;
  if (code === "" || $from.parent.type.spec.code || $to.parent.type.spec.code) return null;
  const { tr } = state;
  tr.deleteSelection();
  const { parent, pos } = tr.selection.$from;
  if (!parent.isTextblock) return null;
  if (parent.content.size > 0 && !code.includes("\n")) {
    const marks = MARKS.code.create().addToSet(tr.selection.$from.marks());
    tr.replaceSelectionWith(state.schema.text(code, marks), false);
    return tr.removeStoredMark(MARKS.code);
  }
  // The line's end behind the last line that was copied is none in the block.
  const lines = code.replace(/\n$/u, "");
  if (parent.content.size === 0) return tr.setBlockType(pos, pos, NODES.codeBlock).insertText(lines);
  const block = NODES.codeBlock.create(null, lines === "" ? null : state.schema.text(lines));
  tr.replaceSelectionWith(block);
  const { $from: behind } = tr.selection;
  if (behind.parent.type === NODES.codeBlock) return tr;
  // Within a line the cursor comes to what stands behind the block.
  const end = Selection.findFrom(tr.doc.resolve(behind.before()), -1, true);
  return end ? tr.setSelection(end) : tr;
}

function isCode(data: string): boolean {
  try {
    const { mode } = JSON.parse(data) as { readonly mode?: unknown };
    return typeof mode === "string" && mode !== "" && !PROSE.includes(mode);
  } catch {
    return false;
  }
}
