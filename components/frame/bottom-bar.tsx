"use client";

import { UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import { usePathname } from "next/navigation";
import { useState } from "react";
import classes from "@/components/frame/frame.module.css";
import { NavIcon } from "@/components/frame/nav-icon";
import { activeLink, engagementLinks, generalLinks, type PageName } from "@/components/frame/navigation";
import { useCurrentEngagement } from "@/components/frame/use-current";
import { lazyPart } from "@/components/kit/lazy-part";
import { Link } from "@/components/kit/link";
import type { MeDto } from "@/lib/contracts/session";

const MenuDrawer = lazyPart(() => import("@/components/frame/menu-drawer").then((module) => module.MenuDrawer), {
  what: "The menu",
});

const ON_THE_BAR: readonly PageName[] = ["workbook", "scope", "review", "catalogue"];

/** The rail of a phone: four pages at the thumb, and everything else in a drawer. */
export function BottomBar({ me }: { readonly me: MeDto | null }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [wanted, setWanted] = useState(false);
  const pathname = usePathname();
  const current = useCurrentEngagement(me);
  const inside = me && current ? engagementLinks(current, me) : [];
  const all = [...inside, ...generalLinks(me)];
  const links = inside.length > 0 ? all.filter(({ name }) => ON_THE_BAR.includes(name)) : all;
  const active = activeLink(all, pathname);
  const show = () => {
    setWanted(true);
    open();
  };
  return (
    <>
      <nav aria-label="Quick" className={classes.bottom}>
        {links.map((link) => (
          <Link
            key={link.href}
            href={link.href}
            className={classes.tab}
            aria-current={link.href === active?.href ? "page" : undefined}
          >
            <NavIcon name={link.name} size={20} />
            {link.label}
          </Link>
        ))}
        <UnstyledButton className={classes.tab} onClick={show} aria-haspopup="dialog" aria-expanded={opened}>
          <IconMenu2 size={20} stroke={1.6} aria-hidden="true" />
          More
        </UnstyledButton>
      </nav>
      {wanted ? (
        <MenuDrawer
          me={me}
          opened={opened}
          onClose={close}
          onLeave={() => {
            setWanted(false);
            close();
          }}
        />
      ) : null}
    </>
  );
}
