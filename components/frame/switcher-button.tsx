"use client";

import { useState } from "react";
import { SwitcherFace } from "@/components/frame/switcher-face";
import { lazyPart } from "@/components/kit/lazy-part";
import type { MeDto } from "@/lib/contracts/session";

const EngagementSwitcher = lazyPart(
  () => import("@/components/frame/engagement-switcher").then((module) => module.EngagementSwitcher),
  {
    what: "The list of engagements",
    loading: ({ current }) => <SwitcherFace current={current} />,
    onServer: true,
  },
);

/** The button at the top of the rail that names the engagement; the others come when it is pressed for the first time. */
export function SwitcherButton(props: {
  readonly me: MeDto;
  readonly current: MeDto["engagements"][number] | null;
  readonly onNavigate?: () => void;
}) {
  const [pressed, setPressed] = useState(false);
  if (!pressed) return <SwitcherFace current={props.current} onClick={() => setPressed(true)} />;
  return <EngagementSwitcher {...props} onLeave={() => setPressed(false)} />;
}
