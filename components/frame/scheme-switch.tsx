"use client";

import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";

const NEXT = { light: "dark", dark: "auto", auto: "light" } as const;
const NAMES = { light: "light", dark: "dark", auto: "as the device" } as const;
const ICONS = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

/** Switches between light, dark and the device's own colours. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server cannot know the choice, so until the page is alive it shows the neutral one.
  const shown = useMounted() ? colorScheme : "auto";
  const Icon = ICONS[shown];
  const label = `Colours: ${NAMES[shown]}. Switch to ${NAMES[NEXT[shown]]}`;
  return (
    <ActionIcon aria-label={label} title={label} onClick={() => setColorScheme(NEXT[shown])}>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
    </ActionIcon>
  );
}
