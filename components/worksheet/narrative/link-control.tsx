"use client";

import { Button, Group, Popover, TextInput } from "@mantine/core";
import { RichTextEditor } from "@mantine/tiptap";
import { IconLink } from "@tabler/icons-react";
import { type Editor, useEditorState } from "@tiptap/react";
import { useState } from "react";
import { completeAddress } from "@/components/worksheet/narrative/link-address";

/** Sets, changes or removes the link at the selection, and says when an address cannot be linked. */
export function LinkControl({ editor }: { readonly editor: Editor | null }) {
  const [opened, setOpened] = useState(false);
  const [address, setAddress] = useState("");
  const [refused, setRefused] = useState(false);
  const active = useEditorState({ editor, selector: ({ editor: now }) => now?.isActive("link") ?? false });

  const open = () => {
    setAddress((editor?.getAttributes("link").href as string | undefined) ?? "");
    setRefused(false);
    setOpened(true);
  };
  const close = () => {
    setOpened(false);
    editor?.commands.focus();
  };
  const unlink = () => {
    editor?.chain().extendMarkRange("link").unsetLink().run();
    close();
  };
  const apply = () => {
    const href = completeAddress(address);
    if (!href || !editor) return setRefused(true);
    const { empty } = editor.state.selection;
    if (empty && !active) {
      editor
        .chain()
        .insertContent({ type: "text", text: address.trim(), marks: [{ type: "link", attrs: { href } }] })
        .run();
    } else editor.chain().extendMarkRange("link").setLink({ href }).run();
    close();
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
        <RichTextEditor.Control
          aria-label="Link"
          title="Link"
          aria-haspopup="dialog"
          aria-expanded={opened}
          active={active ?? false}
          onClick={open}
        >
          <IconLink size={16} stroke={1.75} />
        </RichTextEditor.Control>
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
