"use client";

import { Drawer } from "@mantine/core";
import { RailContent } from "@/components/frame/rail";
import type { MeDto } from "@/lib/contracts/session";

/** All pages, on a phone. */
export function MenuDrawer(props: {
  readonly me: MeDto | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Drawer opened={props.opened} onClose={props.onClose} title="Menu" position="bottom" size="auto">
      <nav aria-label="All pages">
        <RailContent me={props.me} onNavigate={props.onClose} />
      </nav>
    </Drawer>
  );
}
