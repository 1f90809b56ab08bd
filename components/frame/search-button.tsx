"use client";

import { ActionIcon, Kbd, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import classes from "@/components/frame/frame.module.css";
import { lazyPart } from "@/components/kit/lazy-part";
import type { MeDto } from "@/lib/contracts/session";

const CommandPalette = lazyPart(
  () => import("@/components/frame/command-palette").then((module) => module.CommandPalette),
  {
    what: "The search",
  },
);

/** Opens the command palette, by click or Ctrl-K. The palette itself is loaded when first wanted. */
export function SearchButton({ me }: { readonly me: MeDto | null }) {
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = () => {
    setWanted(true);
    setOpened(true);
  };
  useHotkeys([["mod+K", show]], []);
  return (
    <>
      <UnstyledButton className={classes.search} onClick={show} visibleFrom="md" aria-haspopup="dialog">
        <IconSearch size={16} aria-hidden="true" />
        <span style={{ flex: 1, textAlign: "start" }}>Search or go to…</span>
        <Kbd size="xs" aria-hidden="true">
          Ctrl K
        </Kbd>
        <VisuallyHidden>Shortcut Control K</VisuallyHidden>
      </UnstyledButton>
      <ActionIcon hiddenFrom="md" aria-label="Search or go to" aria-haspopup="dialog" onClick={show}>
        <IconSearch size={18} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
      {wanted ? (
        <CommandPalette
          me={me}
          opened={opened}
          onClose={() => setOpened(false)}
          onLeave={() => {
            setWanted(false);
            setOpened(false);
          }}
        />
      ) : null}
    </>
  );
}
