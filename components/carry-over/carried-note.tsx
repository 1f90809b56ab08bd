"use client";

import { Alert } from "@mantine/core";
import { IconArrowRightBar } from "@tabler/icons-react";
import { countOpen, type ShownPart } from "@/components/carry-over/carried-parts";
import { TextLink } from "@/components/kit/text-link";
import type { CarriedOverDto } from "@/lib/contracts/carry-over";

/** Where the worksheet was carried over from, and how much of it is still to be written anew. */
export function CarriedNote(props: {
  readonly carriedOver: CarriedOverDto;
  /** None where nobody writes. */
  readonly parts: readonly ShownPart[];
}) {
  const { from } = props.carriedOver;
  const { open, all } = countOpen(props.parts);
  const source = `${from.requirementNumber} of PCI DSS 3.2.1 in “${from.engagementName}”`;
  const text = from.revision === null ? "its draft" : `revision ${from.revision}`;
  return (
    <Alert color="gray" icon={<IconArrowRightBar size={18} aria-hidden />} mb="md" py="xs">
      Carried over from {source}, {text}. Every word came along; evidence did not.
      {all > 0 && (
        <strong>
          {" "}
          {open === 0
            ? "All that 4.0.1 asks anew is seen to."
            : `${open} of ${all} are still to be written anew; each stands in its section.`}
        </strong>
      )}
      <TextLink href={sourceHref(props.carriedOver)} size="sm" display="block" mt={4}>
        Open the source
      </TextLink>
    </Alert>
  );
}

function sourceHref({ from }: CarriedOverDto): string {
  const page = `/worksheets/${from.worksheetId}`;
  return from.revision === null ? page : `${page}/review?show=${from.revision}&since=off`;
}
