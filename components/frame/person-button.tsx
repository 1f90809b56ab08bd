"use client";

import { Avatar, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import type { MeDto } from "@/lib/contracts/session";

/** What one presses for the person's menu. */
export function PersonFace({ me, ...rest }: { readonly me: MeDto } & ComponentProps<"button">) {
  return (
    <UnstyledButton aria-haspopup="menu" {...rest} style={{ borderRadius: "50%" }}>
      <Avatar name={me.name} size={32} color="petrol" alt="" aria-hidden="true" />
      <VisuallyHidden>{me.name}: account and sign-out</VisuallyHidden>
    </UnstyledButton>
  );
}

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
