"use client";

import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";

/** The buttons under a form that others may save as well: save, and, after somebody was first, take what they stored. */
export function SaveButtons(props: {
  readonly busy: boolean;
  readonly dirty: boolean;
  /** Given while somebody else's values are stored: puts those into the form. */
  readonly onTakeTheirs: (() => void) | null;
  /** Further buttons, after the first. */
  readonly children?: ReactNode;
}) {
  return (
    <Group gap="xs">
      <Button type="submit" loading={props.busy} disabled={!props.dirty}>
        Save
      </Button>
      {props.children}
      {props.onTakeTheirs ? (
        <Button variant="default" onClick={props.onTakeTheirs}>
          Take what is stored now
        </Button>
      ) : null}
    </Group>
  );
}
