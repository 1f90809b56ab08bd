"use client";

import { Kbd, Modal, Switch, Table } from "@mantine/core";

/** A line of the list: the keys, and what they do. */
export type KeyLine = readonly [keys: string, what: string];

const READING: readonly KeyLine[] = [
  ["J K", "Next, previous change"],
  ["D", "Differences on or off"],
  ["N P", "Next, previous open thread"],
];
const ALWAYS: readonly KeyLine[] = [
  ["Tab", "Through links, buttons and comments"],
  ["Ctrl Enter", "Send the comment you write"],
  ["Esc", "Close a dialog, or an empty comment"],
  ["Ctrl K", "Search and go anywhere"],
];

/** The keys of the review page, and the switch for those that are single letters. */
export function KeysHelp(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Keys of what this person may do now. */
  readonly own: readonly KeyLine[];
  readonly letters: boolean;
  readonly onLetters: (on: boolean) => void;
}) {
  const lines = props.letters ? [...READING, ...props.own, ...ALWAYS, ["?", "This list"] as const] : ALWAYS;
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Keys on this page" size="sm">
      <Table withRowBorders={false} aria-label="Keys">
        <Table.Tbody>
          {lines.map(([keys, what]) => (
            <Table.Tr key={keys}>
              <Table.Th scope="row" w={110}>
                {keys.split(" ").map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Th>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label="Letters act on this page"
        description="Switch it off if you dictate. This browser remembers it."
        checked={props.letters}
        onChange={(event) => props.onLetters(event.currentTarget.checked)}
      />
    </Modal>
  );
}
