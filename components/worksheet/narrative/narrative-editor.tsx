"use client";

import { Typography } from "@mantine/core";
import { useRef } from "react";
import classes from "@/components/worksheet/narrative/narrative-editor.module.css";
import { NarrativeToolbar } from "@/components/worksheet/narrative/narrative-toolbar";
import { useEditor } from "@/components/worksheet/narrative/use-editor";
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

/** Edits a narrative, which belongs to the caller. */
export function NarrativeEditor({ label, value, onChange, placeholder }: NarrativeEditorProps) {
  const root = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const editor = useEditor(host, {
    value,
    onChange,
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": label,
      tabindex: "0",
      class: classes.text ?? "",
    },
    // The way out of a table for people without a mouse: Tab stays inside it.
    onEscape: () => root.current?.querySelector<HTMLElement>("[role=toolbar] button")?.focus(),
  });
  return (
    <div className={classes.root} ref={root}>
      <NarrativeToolbar editor={editor} label={label} />
      <div className={classes.page}>
        {isNarrativeEmpty(value) && (
          <p className={classes.placeholder} aria-hidden="true">
            {placeholder}
          </p>
        )}
        <Typography ref={host} />
      </div>
    </div>
  );
}
