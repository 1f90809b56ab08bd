"use client";

import "@mantine/tiptap/styles.css";
import { RichTextEditor } from "@mantine/tiptap";
import { useEditor } from "@tiptap/react";
import { useEffect, useRef } from "react";
import { cleanPastedHtml } from "@/components/worksheet/narrative/clean-pasted-html";
import type { EditorNode } from "@/components/worksheet/narrative/editor-json";
import { INPUT_RULES, narrativeExtensions, PASTE_RULES } from "@/components/worksheet/narrative/extensions";
import classes from "@/components/worksheet/narrative/narrative-editor.module.css";
import { NarrativeToolbar } from "@/components/worksheet/narrative/narrative-toolbar";
import { toEditorDocument } from "@/components/worksheet/narrative/to-editor-document";
import { toNarrative } from "@/components/worksheet/narrative/to-narrative";
import type { Narrative } from "@/lib/domain/worksheet/narrative";
import { isNarrativeEmpty } from "@/lib/domain/worksheet/narrative-text";

/** What the editor of a section's text is given. */
export interface NarrativeEditorProps {
  /** The section's label, for people who cannot see where the field stands. */
  readonly label: string;
  readonly value: Narrative;
  readonly onChange: (value: Narrative) => void;
  /** Shown while nothing is typed: what belongs here. */
  readonly placeholder: string;
}

/**
 * Edits a narrative. The text belongs to the caller: a `value` that did not come from this editor
 * (a merge, somebody else's save, an undo) replaces what is shown.
 */
export function NarrativeEditor({ label, value, onChange, placeholder }: NarrativeEditorProps) {
  const latest = useRef({ shown: value, onChange });
  latest.current.onChange = onChange;
  const root = useRef<HTMLDivElement>(null);
  const editor = useEditor({
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    // The page's style policy allows no injected style elements; the rules are in the module's CSS.
    injectCSS: false,
    extensions: narrativeExtensions(),
    enableInputRules: INPUT_RULES,
    enablePasteRules: PASTE_RULES,
    content: toEditorDocument(value),
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, class: classes.text ?? "" },
      transformPastedHTML: cleanPastedHtml,
      handleKeyDown: (_view, event) => {
        if (event.key !== "Escape") return false;
        // The way out of a table for people without a mouse: Tab stays inside it.
        root.current?.querySelector<HTMLElement>("[role=toolbar] button")?.focus();
        return true;
      },
    },
    onUpdate: ({ editor: changed }) => {
      const narrative = toNarrative(changed.getJSON() as EditorNode);
      latest.current.shown = narrative;
      latest.current.onChange(narrative);
    },
  });

  useEffect(() => {
    if (!editor || latest.current.shown === value) return;
    latest.current.shown = value;
    const { from, to } = editor.state.selection;
    editor.commands.setContent(toEditorDocument(value), { emitUpdate: false });
    const end = editor.state.doc.content.size;
    editor.commands.setTextSelection({ from: Math.min(from, end), to: Math.min(to, end) });
  }, [editor, value]);

  return (
    <RichTextEditor editor={editor} className={classes.root ?? ""} ref={root} withCodeHighlightStyles={false}>
      <NarrativeToolbar editor={editor} label={label} />
      <div className={classes.page}>
        {isNarrativeEmpty(value) && (
          <p className={classes.placeholder} aria-hidden="true">
            {placeholder}
          </p>
        )}
        <RichTextEditor.Content />
      </div>
    </RichTextEditor>
  );
}
