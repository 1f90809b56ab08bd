"use client";

import { Divider, Popover, ScrollArea, Stack, Text } from "@mantine/core";
import { IconCheck, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import classes from "@/components/frame/frame.module.css";
import { OwnEngagementsField } from "@/components/frame/own-engagements-field";
import { SwitcherFace } from "@/components/frame/switcher-face";
import { useOpenAtOnce } from "@/components/frame/use-open-at-once";
import { useOwnEngagements } from "@/components/frame/use-own-engagements";
import { Link } from "@/components/kit/link";
import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";

/** The engagements to change to for somebody with many: the newest, and a search for all others. Open when it comes. */
export function EngagementSearch(props: {
  readonly me: MeDto;
  readonly current: OwnEngagementDto | null;
  readonly onNavigate?: () => void;
}) {
  const { me, current, onNavigate } = props;
  const { opened, onChange, button } = useOpenAtOnce();
  const [query, setQuery] = useState("");
  const { items, busy } = useOwnEngagements(me, query);
  const leave = () => {
    onChange(false);
    onNavigate?.();
  };
  const link = { className: classes.link, onClick: leave };
  return (
    <Popover
      opened={opened}
      onChange={onChange}
      width="target"
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <SwitcherFace current={current} ref={button} search onClick={() => onChange(!opened)} />
      </Popover.Target>
      <Popover.Dropdown aria-label="Switch to another engagement" p={6}>
        <OwnEngagementsField query={query} onQuery={setQuery} data-autofocus mb={4} />
        <ScrollArea.Autosize mah="min(22rem, 50vh)" type="auto">
          <ul className={classes.links} aria-label="Engagements">
            {items.map(({ id, name }) => (
              <li key={id}>
                <Link {...link} href={`/engagements/${id}`} aria-current={id === current?.id ? "true" : undefined}>
                  <Text span inherit flex={1} miw={0} style={{ overflowWrap: "anywhere" }}>
                    {name}
                  </Text>
                  {id === current?.id ? <IconCheck size={16} aria-label="current" /> : null}
                </Link>
              </li>
            ))}
          </ul>
        </ScrollArea.Autosize>
        <Text size="xs" c="dimmed" px="xs" py={4} aria-live="polite">
          {hint(query.trim() !== "", busy, items.length)}
        </Text>
        <Divider my={4} />
        <Stack gap={0}>
          <Link {...link} href="/engagements">
            All engagements
          </Link>
          {me.organisation.kind === "entity" ? (
            <Link {...link} href="/engagements/new">
              <IconPlus size={16} aria-hidden="true" />
              New engagement
            </Link>
          ) : null}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function hint(searched: boolean, busy: boolean, found: number): string {
  if (!searched) return `The ${found} that you came to last. Search for others.`;
  if (busy) return "Searching…";
  return found === 0 ? "None of your engagements is called so." : "";
}
