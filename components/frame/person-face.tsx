"use client";

import { Avatar, UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { ComponentProps } from "react";
import type { MeDto } from "@/lib/contracts/session";

/** What one presses for the person's menu. */
export function PersonFace({ me, ...rest }: { readonly me: MeDto } & ComponentProps<"button">) {
  return (
    <UnstyledButton aria-haspopup="menu" {...rest} style={{ borderRadius: "50%" }}>
      <Avatar name={me.name} size={32} color="petrol" alt="" aria-hidden="true" />
      <VisuallyHidden>{me.name}: account and sign-out</VisuallyHidden>
    </UnstyledButton>
  );
}
