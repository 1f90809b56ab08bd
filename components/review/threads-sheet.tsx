"use client";

import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";

/** The threads of a part as a sheet from below, for screens that have no room for a margin. */
export function ThreadsSheet(props: {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Drawer opened={props.opened} onClose={props.onClose} title={props.title} position="bottom" size="75%" radius="md">
      {props.children}
    </Drawer>
  );
}
