"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

/** As Next's, but for what is fetched ahead. */
interface LinkProps extends Omit<ComponentProps<typeof NextLink>, "prefetch"> {
  /** `false`: nothing is, not even then. */
  readonly prefetch?: false;
}

/**
 * A link inside the app. What it leads to is fetched ahead once the pointer, the finger or the focus is on it, and not as
 * soon as it is seen: a list of rows would bring the scripts and the data of pages that nobody goes to.
 */
export function Link(props: LinkProps) {
  const { prefetch, onMouseEnter, onTouchStart, onFocus, ...rest } = props;
  const [near, setNear] = useState(false);
  return (
    <NextLink
      {...rest}
      prefetch={near && prefetch !== false ? null : false}
      onMouseEnter={(event) => {
        setNear(true);
        onMouseEnter?.(event);
      }}
      onTouchStart={(event) => {
        setNear(true);
        onTouchStart?.(event);
      }}
      onFocus={(event) => {
        setNear(true);
        onFocus?.(event);
      }}
    />
  );
}
