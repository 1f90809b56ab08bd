"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ComponentProps } from "react";

/** The button of a menu, before the menu is there and with it. */
export function MenuFace(props: ButtonProps & Omit<ComponentProps<"button">, keyof ButtonProps>) {
  return (
    <Button
      variant="default"
      aria-haspopup="menu"
      rightSection={<IconChevronDown size={15} aria-hidden="true" />}
      {...props}
    />
  );
}
