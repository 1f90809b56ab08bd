"use client";

import { Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "@/components/kit/link";

/** A link that looks like a button; usable from server components. */
export function LinkButton({
  href,
  children,
  ...rest
}: ButtonProps & { readonly href: string; readonly children: ReactNode }) {
  return (
    <Button component={Link} href={href} {...rest}>
      {children}
    </Button>
  );
}
