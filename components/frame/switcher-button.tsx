"use client";

import { useState } from "react";
import { SwitcherFace } from "@/components/frame/switcher-face";
import { lazyPart } from "@/components/kit/lazy-part";
import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";

const EngagementSwitcher = lazyPart(
  () => import("@/components/frame/engagement-switcher").then((module) => module.EngagementSwitcher),
  {
    what: "The list of engagements",
    loading: ({ me, current }) => <SwitcherFace current={current} search={me.moreEngagements} />,
    onServer: true,
  },
);

/** The button at the top of the rail that names the engagement; the others come when it is pressed for the first time. */
export function SwitcherButton(props: {
  readonly me: MeDto;
  readonly current: OwnEngagementDto | null;
  readonly onNavigate?: () => void;
}) {
  const [pressed, setPressed] = useState(false);
  const { me, current } = props;
  if (!pressed) {
    return <SwitcherFace current={current} search={me.moreEngagements} onClick={() => setPressed(true)} />;
  }
  return <EngagementSwitcher {...props} onLeave={() => setPressed(false)} />;
}
