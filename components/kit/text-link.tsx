"use client";

import { Anchor, type AnchorProps } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "@/components/kit/link";

/** A link within the site; usable from server components, which cannot hand the router's link to Mantine themselves. */
export function TextLink({
  href,
  children,
  ...rest
}: AnchorProps & { readonly href: string; readonly children: ReactNode }) {
  return (
    <Anchor component={Link} href={href} {...rest}>
      {children}
    </Anchor>
  );
}
