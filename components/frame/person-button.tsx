"use client";

import { useState } from "react";
import { PersonFace } from "@/components/frame/person-face";
import { lazyPart } from "@/components/kit/lazy-part";
import type { MeDto } from "@/lib/contracts/session";

const PersonMenu = lazyPart(() => import("@/components/frame/person-menu").then((module) => module.PersonMenu), {
  what: "The menu",
  loading: ({ me }) => <PersonFace me={me} />,
  onServer: true,
});

/** The signed-in person. The menu, and what menus are made of, come when it is pressed for the first time. */
export function PersonButton({ me }: { readonly me: MeDto }) {
  const [pressed, setPressed] = useState(false);
  if (!pressed) return <PersonFace me={me} onClick={() => setPressed(true)} />;
  return <PersonMenu me={me} onLeave={() => setPressed(false)} />;
}
