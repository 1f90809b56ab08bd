"use client";

import { Menu } from "@mantine/core";
import { IconTable } from "@tabler/icons-react";
import type { Command } from "prosemirror-state";
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  toggleHeader,
} from "prosemirror-tables";
import { insertTable } from "@/components/worksheet/narrative/editor-blocks";
import { FormatButton } from "@/components/worksheet/narrative/format-button";
import type { Editor } from "@/components/worksheet/narrative/use-editor";

type Action = readonly [label: string, command: Command];

const INSERT: readonly Action[] = [["Insert a table of 3 × 3", insertTable]];
const CHANGE: readonly (readonly Action[])[] = [
  [
    ["Row above", addRowBefore],
    ["Row below", addRowAfter],
    ["Column to the left", addColumnBefore],
    ["Column to the right", addColumnAfter],
  ],
  [
    ["Header row on or off", toggleHeader("row")],
    ["Header column on or off", toggleHeader("column")],
  ],
  [
    ["Remove row", deleteRow],
    ["Remove column", deleteColumn],
    ["Remove table", deleteTable],
  ],
];

/** Not to be had where there are as many columns as a table may have. */
const ADDS_COLUMN: readonly Command[] = [addColumnBefore, addColumnAfter];

/** Inserts a table, or changes the one that the cursor is in. Cells are never joined: the model has no spans. */
export function TableControl({ editor }: { readonly editor: Editor }) {
  const inside = editor.look.table;
  const groups = inside ? CHANGE : [INSERT];
  return (
    <Menu withinPortal shadow="md" position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <FormatButton label="Table" active={inside}>
          <IconTable size={16} stroke={1.75} />
        </FormatButton>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map((actions, index) => [
          index > 0 && <Menu.Divider key={`line ${actions[0]?.[0]}`} />,
          ...actions.map(([label, command]) => (
            <Menu.Item
              key={label}
              disabled={editor.look.widest && ADDS_COLUMN.includes(command)}
              onClick={() => editor.act(command)}
            >
              {label}
            </Menu.Item>
          )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
