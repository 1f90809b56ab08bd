import { Alert } from "@mantine/core";
import { IconPencilExclamation } from "@tabler/icons-react";
import { countOpen, type ShownPart } from "@/components/carry-over/carried-parts";

/** How much of a worksheet that was carried over is still to be written anew; nothing for any other. */
export function CarriedNote({ parts }: { readonly parts: readonly ShownPart[] }) {
  const { open, all } = countOpen(parts);
  if (all === 0) return null;
  return (
    <Alert
      color={open === 0 ? "green" : "orange"}
      icon={<IconPencilExclamation size={18} aria-hidden />}
      mb="md"
      py="xs"
    >
      {open === 0
        ? "All that 4.0.1 asks anew is seen to."
        : `${open} of ${all} things that 4.0.1 asks anew are still to be written; each stands in its section.`}
    </Alert>
  );
}
