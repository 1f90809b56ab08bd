import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { sectionAnchor } from "@/components/worksheet/section-anchor";
import classes from "@/components/worksheet/worksheet.module.css";
import { partHint } from "@/lib/domain/worksheet/section-hints";
import { PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

/** A section of the document: its number and official label, what it asks for, and its content. */
export function SectionFrame(props: {
  readonly section: PartKey;
  /** Its place in the version's order, from 1; B for the criteria of Appendix B, which are no row. */
  readonly number: number | "B";
  /** Small facts at the right of the label, such as who saved it last. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = sectionAnchor(props.section);
  return (
    <section aria-labelledby={id} data-section={props.section} className={classes.section}>
      <Group justify="space-between" align="baseline" gap="sm" mb={2}>
        <Title order={2} id={id} tabIndex={-1} className={classes.heading}>
          <span className={classes.number}>{props.number}</span>
          {PART_LABELS[props.section]}
        </Title>
        {props.aside}
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {partHint(props.section)}
      </Text>
      {props.children}
    </section>
  );
}
