"use client";

import { Popover, Text, UnstyledButton } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import classes from "@/components/catalogue/catalogue.module.css";
import { DisputeNote } from "@/components/catalogue/provenance-note";
import { DateText } from "@/components/kit/date-text";
import type { Provenance } from "@/lib/domain/catalogue/status";

/** A word in a line of text that a statement is disputed; it opens to why, and as of when. Nothing when it is not. */
export function DisputedMark(props: {
  readonly row: string;
  readonly weight: Pick<Provenance, "disputed" | "disputeReason" | "asOf">;
}) {
  const { row, weight } = props;
  if (!weight.disputed) return null;
  return (
    <>
      <Popover width={320} position="bottom-start" shadow="md" withArrow trapFocus>
        <Popover.Target>
          <UnstyledButton className={classes.disputed} aria-label={`Row ${row} is disputed: why`}>
            <IconScale size={13} aria-hidden="true" /> disputed
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label={`Why row ${row} is disputed`}>
          <DisputeNote disputed disputeReason={weight.disputeReason} row={row} />
          <Text size="sm" c="dimmed" component="div" mt="xs">
            As of <DateText value={weight.asOf} plain />
          </Text>
        </Popover.Dropdown>
      </Popover>{" "}
    </>
  );
}
