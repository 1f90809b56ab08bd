"use client";

import { lazyPart } from "@/components/kit/lazy-part";

/** Most sign-ins end with the first step or are sent on from it, so what follows comes when it is needed. */
export const LaterSteps = lazyPart(() => import("@/components/door/later-steps").then((module) => module.LaterSteps), {
  what: "The next step",
  place: "here",
  onServer: true,
});
