"use client";

import { RichTextEditor } from "@mantine/tiptap";
import { IconTerminal2 } from "@tabler/icons-react";
import type { Editor } from "@tiptap/react";
import { type KeyboardEvent, useRef } from "react";
import { LinkControl } from "@/components/worksheet/narrative/link-control";
import { TableControl } from "@/components/worksheet/narrative/table-control";

// Mantine draws inline code and code blocks alike.
const CodeBlockIcon = () => <IconTerminal2 size={16} stroke={1.5} />;

/** The formatting buttons of a section's text: one tab stop, arrow keys within. */
export function NarrativeToolbar({ editor, label }: { readonly editor: Editor | null; readonly label: string }) {
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const buttons = buttonsOf(bar.current);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length]?.focus();
  };
  return (
    <RichTextEditor.Toolbar
      ref={bar}
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
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Bold />
        <RichTextEditor.Italic />
        <RichTextEditor.Code />
        <LinkControl editor={editor} />
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.BulletList />
        <RichTextEditor.OrderedList />
        <RichTextEditor.CodeBlock icon={CodeBlockIcon} />
        <TableControl editor={editor} />
      </RichTextEditor.ControlsGroup>
      <RichTextEditor.ControlsGroup>
        <RichTextEditor.Undo />
        <RichTextEditor.Redo />
      </RichTextEditor.ControlsGroup>
    </RichTextEditor.Toolbar>
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
