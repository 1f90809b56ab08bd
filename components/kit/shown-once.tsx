"use client";

import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { CopyTextButton } from "@/components/kit/copy-text-button";
import { useLeaveWarning } from "@/components/kit/use-leave-warning";

/**
 * Something that was just made and is shown this one time: it closes once the person says to have kept it, and leaving the
 * page before that asks first.
 * @param label what the value is
 * @param where where it belongs, as a sentence after the one that says that it is not shown again
 */
export function ShownOnce(props: {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  readonly where: ReactNode;
  readonly children?: ReactNode;
  readonly onClose: () => void;
}) {
  const { title, label, value, onClose } = props;
  const [kept, setKept] = useState(false);
  useLeaveWarning(!kept);
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Text>It is shown this one time. {props.where}</Text>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            aria-label={label}
            value={value}
            readOnly
            flex={1}
            onFocus={(event) => event.currentTarget.select()}
            data-autofocus
          />
          <CopyTextButton value={value} flex="none" />
        </Group>
        {props.children}
        <Checkbox label="I have kept it" checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
        <Group justify="flex-end">
          <Button onClick={onClose} disabled={!kept}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
