"use client";

import { AppShell, Group } from "@mantine/core";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { BottomBar } from "@/components/frame/bottom-bar";
import { Breadcrumb } from "@/components/frame/breadcrumb";
import classes from "@/components/frame/frame.module.css";
import { isDoor } from "@/components/frame/navigation";
import { PersonMenu } from "@/components/frame/person-menu";
import { PlaceProvider } from "@/components/frame/place";
import { Rail } from "@/components/frame/rail";
import { SchemeSwitch } from "@/components/frame/scheme-switch";
import { SearchButton } from "@/components/frame/search-button";
import type { MeDto } from "@/lib/contracts/session";

/** The frame around every page but the doors: rail or bottom bar, top bar, and the page as the one main landmark. */
export function AppFrame({ me, children }: { readonly me: MeDto | null; readonly children: ReactNode }) {
  const pathname = usePathname();
  if (isDoor(pathname)) return children;
  return (
    <PlaceProvider>
      <a href="#content" className={classes.skip}>
        Skip to the page
      </a>
      <AppShell
        layout="alt"
        header={{ height: 52 }}
        navbar={{ width: 236, breakpoint: "sm", collapsed: { mobile: true } }}
        footer={{ height: { base: 58, sm: 0 } }}
      >
        <AppShell.Header className={classes.header} withBorder={false}>
          <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
            <Breadcrumb me={me} />
            <Group gap={6} wrap="nowrap">
              <SearchButton me={me} />
              <SchemeSwitch />
              <PersonMenu me={me} />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes.rail} withBorder={false} component="nav" aria-label="Main" visibleFrom="sm">
          <Rail me={me} />
        </AppShell.Navbar>
        <AppShell.Main className={classes.main} id="content" tabIndex={-1}>
          <div className={classes.page}>{children}</div>
        </AppShell.Main>
        <AppShell.Footer hiddenFrom="sm" component="div">
          <BottomBar me={me} />
        </AppShell.Footer>
      </AppShell>
    </PlaceProvider>
  );
}
