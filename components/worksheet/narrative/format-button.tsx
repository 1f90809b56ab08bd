"use client";

import { UnstyledButton } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import classes from "@/components/worksheet/narrative/narrative-editor.module.css";

/** A button of the toolbar, named by its tooltip. Pressing it with the mouse leaves the focus and the selection in the text. */
export function FormatButton(
  props: Omit<ComponentProps<"button">, "type" | "title" | "className"> & {
    readonly label: string;
    /** Whether what it does stands at the selection. */
    readonly active?: boolean;
    readonly children: ReactNode;
  },
) {
  const { label, active = false, ...others } = props;
  return (
    <UnstyledButton
      {...others}
      aria-label={label}
      title={label}
      aria-pressed={active || undefined}
      data-active={active || undefined}
      className={classes.button ?? ""}
      onMouseDown={(event) => event.preventDefault()}
    />
  );
}
