"use client";

import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ComponentProps } from "react";

/** What one presses for the menu of somebody's account. */
export function AccountFace({ name, ...rest }: { readonly name: string } & Omit<ComponentProps<"button">, "color">) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={`Account of ${name}`} aria-haspopup="menu" {...rest}>
      <IconDots size={18} aria-hidden="true" />
    </ActionIcon>
  );
}
