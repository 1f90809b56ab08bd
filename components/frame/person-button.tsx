"use client";

import { lazy, Suspense, useState } from "react";
import { PersonFace } from "@/components/frame/person-face";
import type { MeDto } from "@/lib/contracts/session";

const PersonMenu = lazy(async () => ({ default: (await import("@/components/frame/person-menu")).PersonMenu }));

/** The signed-in person. The menu, and what menus are made of, come when it is pressed for the first time. */
export function PersonButton({ me }: { readonly me: MeDto }) {
  const [pressed, setPressed] = useState(false);
  if (!pressed) return <PersonFace me={me} onClick={() => setPressed(true)} />;
  return (
    <Suspense fallback={<PersonFace me={me} />}>
      <PersonMenu me={me} />
    </Suspense>
  );
}
