import { IconMapOff } from "@tabler/icons-react";
import type { Metadata } from "next";
import { EmptyState } from "@/components/kit/empty-state";
import { LinkButton } from "@/components/kit/link-button";

export const metadata: Metadata = { title: "Not found" };

/** Shown for unknown addresses, and for what the person may not know of. */
export default function NotFound() {
  return (
    <EmptyState
      order={1}
      icon={IconMapOff}
      title="There is nothing here"
      action={<LinkButton href="/">Go to the start</LinkButton>}
    >
      The address is wrong, or it belongs to an engagement that you are not part of. If you followed a link that
      somebody sent you, ask them to add you.
    </EmptyState>
  );
}
