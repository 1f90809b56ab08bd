"use client";

import { Button, Group, Popover, TextInput } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useState } from "react";
import { removeLink, setLink } from "@/components/worksheet/narrative/editor-links";
import { FormatButton } from "@/components/worksheet/narrative/format-button";
import { completeAddress } from "@/components/worksheet/narrative/link-address";
import type { Editor } from "@/components/worksheet/narrative/use-editor";

/** Sets, changes or removes the link at the selection, and says when an address cannot be linked. */
export function LinkControl({ editor }: { readonly editor: Editor }) {
  const [opened, setOpened] = useState(false);
  const [address, setAddress] = useState("");
  const [refused, setRefused] = useState(false);
  const active = editor.look.link;

  const open = () => {
    setAddress(editor.linkedAddress() ?? "");
    setRefused(false);
    setOpened(true);
  };
  const close = () => {
    setOpened(false);
    editor.focus();
  };
  const unlink = () => {
    close();
    editor.act((state, dispatch) => {
      dispatch?.(removeLink(state));
      return true;
    });
  };
  const apply = () => {
    const href = completeAddress(address);
    if (!href) return setRefused(true);
    close();
    editor.act((state, dispatch) => {
      dispatch?.(setLink(state, href, address.trim()));
      return true;
    });
  };

  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      trapFocus
      withinPortal
      shadow="md"
      position="bottom-start"
    >
      <Popover.Target>
        <FormatButton label="Link" aria-haspopup="dialog" aria-expanded={opened} active={active} onClick={open}>
          <IconLink size={16} stroke={1.75} />
        </FormatButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Link">
        <TextInput
          label="Address"
          placeholder="https://"
          value={address}
          error={refused && "Use an address that starts with https://, http:// or mailto:."}
          onChange={(event) => setAddress(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            apply();
          }}
        />
        <Group mt="sm" gap="xs" justify="flex-end">
          {active && (
            <Button variant="default" size="xs" onClick={unlink}>
              Remove link
            </Button>
          )}
          <Button size="xs" onClick={apply}>
            Set link
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
