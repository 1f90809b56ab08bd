"use client";

import { Button, Group } from "@mantine/core";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { BottomBar } from "@/components/frame/bottom-bar";
import { Breadcrumb } from "@/components/frame/breadcrumb";
import classes from "@/components/frame/frame.module.css";
import { isDoor } from "@/components/frame/navigation";
import { PersonButton } from "@/components/frame/person-button";
import { PlaceProvider } from "@/components/frame/place";
import { Rail } from "@/components/frame/rail";
import { SchemeSwitch } from "@/components/frame/scheme-switch";
import { SearchButton } from "@/components/frame/search-button";
import { ServiceNotice } from "@/components/frame/service-notice";
import { Link } from "@/components/kit/link";
import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";

/**
 * The frame around every page but the doors: rail or bottom bar, top bar, and the page as the one main landmark.
 * Plain elements: no context around the page may change while it loads, or React throws what the server rendered away
 * and draws it again, with what somebody typed meanwhile.
 */
export function AppFrame({
  me,
  engagement,
  notice,
  children,
}: {
  readonly me: MeDto | null;
  /** That of the page that was asked for, where it does not come with the person. */
  readonly engagement: OwnEngagementDto | null;
  /** What everybody at work here has to know, above every page. */
  readonly notice: string | null;
  readonly children: ReactNode;
}) {
  const pathname = usePathname();
  if (isDoor(pathname)) return children;
  return (
    <PlaceProvider engagement={engagement}>
      <a href="#content" className={classes.skip}>
        Skip to the page
      </a>
      <div className={classes.frame}>
        <nav className={classes.rail} aria-label="Main">
          <Rail me={me} />
        </nav>
        <div className={classes.column}>
          <header className={classes.header}>
            <Breadcrumb me={me} />
            <Group gap={6} wrap="nowrap">
              <SearchButton me={me} />
              <SchemeSwitch />
              {me ? (
                <PersonButton me={me} />
              ) : (
                <Button component={Link} href="/sign-in" variant="default" size="xs">
                  Sign in
                </Button>
              )}
            </Group>
          </header>
          <main className={classes.main} id="content" tabIndex={-1}>
            <div className={classes.page}>
              {notice && <ServiceNotice>{notice}</ServiceNotice>}
              {children}
            </div>
          </main>
          <div className={classes.foot}>
            <BottomBar me={me} />
          </div>
        </div>
      </div>
    </PlaceProvider>
  );
}
