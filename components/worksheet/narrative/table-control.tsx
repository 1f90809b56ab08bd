"use client";

import { Menu } from "@mantine/core";
import { RichTextEditor } from "@mantine/tiptap";
import { IconTable } from "@tabler/icons-react";
import { type ChainedCommands, type Editor, useEditorState } from "@tiptap/react";

type Action = readonly [label: string, act: (chain: ChainedCommands) => ChainedCommands];

const INSERT: readonly Action[] = [
  ["Insert a table of 3 × 3", (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })],
];
const CHANGE: readonly (readonly Action[])[] = [
  [
    ["Row above", (chain) => chain.addRowBefore()],
    ["Row below", (chain) => chain.addRowAfter()],
    ["Column to the left", (chain) => chain.addColumnBefore()],
    ["Column to the right", (chain) => chain.addColumnAfter()],
  ],
  [
    ["Header row on or off", (chain) => chain.toggleHeaderRow()],
    ["Header column on or off", (chain) => chain.toggleHeaderColumn()],
  ],
  [
    ["Remove row", (chain) => chain.deleteRow()],
    ["Remove column", (chain) => chain.deleteColumn()],
    ["Remove table", (chain) => chain.deleteTable()],
  ],
];

/** Inserts a table, or changes the one that the cursor is in. Cells are never joined: the model has no spans. */
export function TableControl({ editor }: { readonly editor: Editor | null }) {
  const inside = useEditorState({ editor, selector: ({ editor: now }) => now?.isActive("table") ?? false }) ?? false;
  const groups = inside ? CHANGE : [INSERT];
  return (
    <Menu withinPortal shadow="md" position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <RichTextEditor.Control aria-label="Table" title="Table" active={inside}>
          <IconTable size={16} stroke={1.75} />
        </RichTextEditor.Control>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map((actions, index) => [
          index > 0 && <Menu.Divider key={`line ${actions[0]?.[0]}`} />,
          ...actions.map(([label, act]) => (
            <Menu.Item key={label} onClick={() => editor && act(editor.chain().focus()).run()}>
              {label}
            </Menu.Item>
          )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
