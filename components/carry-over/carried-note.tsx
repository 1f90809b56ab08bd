import { Alert } from "@mantine/core";
import { IconPencilExclamation } from "@tabler/icons-react";
import { countOpen, type ShownPart } from "@/components/carry-over/carried-parts";

/** How much of a worksheet that was carried over is still to be written anew; nothing for any other. */
export function CarriedNote({ parts }: { readonly parts: readonly ShownPart[] }) {
  const { open, all, unknown } = countOpen(parts);
  if (all === 0) return null;
  return (
    <Alert
      color={unknown > 0 ? "gray" : open === 0 ? "green" : "orange"}
      icon={<IconPencilExclamation size={18} aria-hidden />}
      mb="md"
      py="xs"
    >
      {noteWords({ open, all, unknown })}
    </Alert>
  );
}

/** Nothing is said to be done before the checks have answered. */
function noteWords({ open, all, unknown }: ReturnType<typeof countOpen>): string {
  if (unknown > 0)
    return `${all} things are asked anew by 4.0.1; the checks are being asked which are still to be written.`;
  if (open === 0) return "All that 4.0.1 asks anew is seen to.";
  return `${open} of ${all} things that 4.0.1 asks anew are still to be written; each stands in its section.`;
}
