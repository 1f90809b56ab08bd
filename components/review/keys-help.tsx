"use client";

import { Kbd, Modal, Table } from "@mantine/core";

const KEYS: readonly (readonly [string, string])[] = [
  ["J", "Next change"],
  ["K", "Previous change"],
  ["C", "Comment on the section you read"],
  ["Tab", "Through links, buttons and comments"],
  ["Ctrl Enter", "Send the comment you write"],
  ["Esc", "Close a dialog, or an empty comment"],
  ["Ctrl K", "Search and go anywhere"],
  ["?", "This list"],
];

/** The keys of the review page. */
export function KeysHelp(props: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Keys on this page" size="sm">
      <Table withRowBorders={false} aria-label="Keys">
        <Table.Tbody>
          {KEYS.map(([keys, what]) => (
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
    </Modal>
  );
}
