import { Box } from "@mantine/core";
import type { ReactNode } from "react";

/** A part that may scroll sideways: named, and reachable by keyboard so that it can be scrolled without a mouse. */
export function ScrollRegion(props: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <Box
      component="section"
      aria-label={props.label}
      tabIndex={0}
      className={props.className}
      style={{ overflowX: "auto", maxWidth: "100%" }}
    >
      {props.children}
    </Box>
  );
}
