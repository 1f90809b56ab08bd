"use client";

import { lazy, Suspense, useState } from "react";
import { SwitcherFace } from "@/components/frame/switcher-face";
import type { MeDto } from "@/lib/contracts/session";

const EngagementSwitcher = lazy(async () => ({
  default: (await import("@/components/frame/engagement-switcher")).EngagementSwitcher,
}));

/** The button at the top of the rail that names the engagement; the others come when it is pressed for the first time. */
export function SwitcherButton(props: {
  readonly me: MeDto;
  readonly current: MeDto["engagements"][number] | null;
  readonly onNavigate?: () => void;
}) {
  const [pressed, setPressed] = useState(false);
  if (!pressed) return <SwitcherFace current={props.current} onClick={() => setPressed(true)} />;
  return (
    <Suspense fallback={<SwitcherFace current={props.current} />}>
      <EngagementSwitcher {...props} />
    </Suspense>
  );
}
