"use client";

import { Drawer, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "@/components/frame/frame.module.css";
import { NavIcon } from "@/components/frame/nav-icon";
import { activeLink, engagementLinks, generalLinks, type PageName } from "@/components/frame/navigation";
import { RailContent } from "@/components/frame/rail";
import { useCurrentEngagement } from "@/components/frame/use-current";
import type { MeDto } from "@/lib/contracts/session";

const ON_THE_BAR: readonly PageName[] = ["workbook", "scope", "review", "catalogue"];

/** The rail of a phone: four pages at the thumb, and everything else in a drawer. */
export function BottomBar({ me }: { readonly me: MeDto | null }) {
  const [opened, { open, close }] = useDisclosure(false);
  const pathname = usePathname();
  const current = useCurrentEngagement(me);
  const inside = me && current ? engagementLinks(current.id, me) : [];
  const all = [...inside, ...generalLinks(me)];
  const links = inside.length > 0 ? all.filter(({ name }) => ON_THE_BAR.includes(name)) : all;
  const active = activeLink(all, pathname);
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
        <UnstyledButton className={classes.tab} onClick={open} aria-haspopup="dialog" aria-expanded={opened}>
          <IconMenu2 size={20} stroke={1.6} aria-hidden="true" />
          More
        </UnstyledButton>
      </nav>
      <Drawer opened={opened} onClose={close} title="Menu" position="bottom" size="auto">
        <nav aria-label="All pages">
          <RailContent me={me} onNavigate={close} />
        </nav>
      </Drawer>
    </>
  );
}
