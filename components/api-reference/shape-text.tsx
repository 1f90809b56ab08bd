import { Code } from "@mantine/core";
import classes from "@/components/api-reference/shape-text.module.css";

/** The shape of a body or of a type, a field a line; long lines break, so that nothing scrolls sideways. */
export function ShapeText({ children }: { readonly children: string }) {
  return (
    <Code block className={classes.shape}>
      {children}
    </Code>
  );
}
