"use client";

import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBold,
  IconCode,
  IconItalic,
  IconList,
  IconListNumbers,
  IconTerminal2,
} from "@tabler/icons-react";
import { redo, undo } from "prosemirror-history";
import type { Command } from "prosemirror-state";
import { type ComponentType, type KeyboardEvent, useRef } from "react";
import { toggleCodeBlock } from "@/components/worksheet/narrative/editor-blocks";
import { toggleList } from "@/components/worksheet/narrative/editor-lists";
import { toggle } from "@/components/worksheet/narrative/editor-plugins";
import { MARKS, NODES } from "@/components/worksheet/narrative/editor-schema";
import { FormatButton } from "@/components/worksheet/narrative/format-button";
import { LinkControl } from "@/components/worksheet/narrative/link-control";
import classes from "@/components/worksheet/narrative/narrative-editor.module.css";
import { TableControl } from "@/components/worksheet/narrative/table-control";
import type { Editor, EditorLook } from "@/components/worksheet/narrative/use-editor";

interface Format {
  readonly label: string;
  readonly key: keyof EditorLook;
  readonly Icon: ComponentType<{ readonly size: number; readonly stroke: number }>;
  readonly command: Command;
}

const MARK_FORMATS: readonly Format[] = [
  { label: "Bold", key: "bold", Icon: IconBold, command: toggle(MARKS.bold) },
  { label: "Italic", key: "italic", Icon: IconItalic, command: toggle(MARKS.italic) },
  { label: "Code", key: "code", Icon: IconCode, command: toggle(MARKS.code) },
];
const BLOCK_FORMATS: readonly Format[] = [
  { label: "Bullet list", key: "bulletList", Icon: IconList, command: toggleList(NODES.bulletList) },
  { label: "Ordered list", key: "orderedList", Icon: IconListNumbers, command: toggleList(NODES.orderedList) },
  // Another sign than that of inline code, which it would be taken for.
  { label: "Code block", key: "codeBlock", Icon: IconTerminal2, command: toggleCodeBlock },
];

/** The formatting buttons of a section's text: one tab stop, arrow keys within. */
export function NarrativeToolbar({ editor, label }: { readonly editor: Editor; readonly label: string }) {
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const buttons = buttonsOf(bar.current);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length]?.focus();
  };
  const button = ({ label: name, key, Icon, command }: Format) => (
    <FormatButton key={key} label={name} active={editor.look[key]} onClick={() => editor.act(command)}>
      <Icon size={16} stroke={1.75} />
    </FormatButton>
  );
  return (
    <div
      ref={bar}
      className={classes.toolbar}
      role="toolbar"
      aria-label={`Formatting of ${label}`}
      aria-orientation="horizontal"
      onKeyDown={move}
      onFocus={(event) => makeTabStop(bar.current, event.target)}
      onBlur={(event) => {
        // Back to the first button: the last used one may be disabled by then.
        if (!bar.current?.contains(event.relatedTarget)) makeTabStop(bar.current, null);
      }}
    >
      <div className={classes.group}>
        {MARK_FORMATS.map(button)}
        <LinkControl editor={editor} />
      </div>
      <div className={classes.group}>
        {BLOCK_FORMATS.map(button)}
        <TableControl editor={editor} />
      </div>
      <div className={classes.group}>
        <FormatButton label="Undo" disabled={!editor.look.undo} onClick={() => editor.act(undo)}>
          <IconArrowBackUp size={16} stroke={1.75} />
        </FormatButton>
        <FormatButton label="Redo" disabled={!editor.look.redo} onClick={() => editor.act(redo)}>
          <IconArrowForwardUp size={16} stroke={1.75} />
        </FormatButton>
      </div>
    </div>
  );
}

function buttonsOf(bar: HTMLElement | null): HTMLButtonElement[] {
  return [...(bar?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
}

/** Makes one button reachable by Tab, the first one when none is named. */
function makeTabStop(bar: HTMLElement | null, wanted: EventTarget | null): void {
  const all = [...(bar?.querySelectorAll<HTMLButtonElement>("button") ?? [])];
  const stop = all.find((button) => button === wanted) ?? all[0];
  for (const button of all) button.tabIndex = button === stop ? 0 : -1;
}
