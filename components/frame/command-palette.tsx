"use client";

import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconBook2, IconBriefcase, IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { NavIcon } from "@/components/frame/nav-icon";
import { engagementLinks, paletteLinks } from "@/components/frame/navigation";
import { useCatalogueSearch } from "@/components/frame/use-catalogue-search";
import { useCurrentEngagement } from "@/components/frame/use-current";
import { useOwnEngagements } from "@/components/frame/use-own-engagements";
import type { MeDto } from "@/lib/contracts/session";

const [store, palette] = createSpotlight();

/** The palette of Ctrl-K: pages, engagements and catalogue requirements, by keyboard. */
export function CommandPalette(props: {
  readonly me: MeDto | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { me, opened, onClose } = props;
  const router = useRouter();
  const current = useCurrentEngagement(me);
  const [query, setQuery] = useState("");
  const search = useCatalogueSearch(query, current?.standardVersion ?? "4.0.1");
  useEffect(() => (opened ? palette.open() : palette.close()), [opened]);

  const wanted = query.trim().toLowerCase();
  const matches = (label: string) => label.toLowerCase().includes(wanted);
  const pages = [...(me && current ? engagementLinks(current, me) : []), ...paletteLinks(me)].filter(({ label }) =>
    matches(label),
  );
  const own = useOwnEngagements(me, query);
  const engagements = wanted === "" ? [] : own.items;
  const found = pages.length + engagements.length + search.items.length;

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      scrollable
      maxHeight="60vh"
      aria-label="Search or go to"
    >
      <Spotlight.Search
        placeholder="A page, an engagement, a requirement number or word"
        aria-label="Search"
        leftSection={<IconSearch size={20} stroke={1.6} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {pages.length > 0 ? (
          <Spotlight.ActionsGroup label="Pages">
            {pages.map((page) => (
              <Spotlight.Action
                key={page.href}
                label={page.label}
                leftSection={<NavIcon name={page.name} />}
                onClick={() => router.push(page.href)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {engagements.length > 0 ? (
          <Spotlight.ActionsGroup label="Engagements">
            {engagements.map((one) => (
              <Spotlight.Action
                key={one.id}
                label={one.name}
                leftSection={<IconBriefcase size={18} stroke={1.6} aria-hidden="true" />}
                onClick={() => router.push(`/engagements/${one.id}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {search.items.length > 0 ? (
          <Spotlight.ActionsGroup label="Catalogue">
            {search.items.map((one) => (
              <Spotlight.Action
                key={`${one.version} ${one.number}`}
                label={`${one.number}  ${one.title}`}
                description={`PCI DSS ${one.version}`}
                leftSection={<IconBook2 size={18} stroke={1.6} aria-hidden="true" />}
                onClick={() => router.push(`/catalogue/${one.version}/${encodeURIComponent(one.number)}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {found === 0 ? (
          <Spotlight.Empty>{search.busy || own.busy ? "Searching…" : "Nothing found."}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
