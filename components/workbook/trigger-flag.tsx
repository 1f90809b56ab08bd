"use client";

import { ActionIcon, Popover, ScrollArea, Skeleton } from "@mantine/core";
import { IconFlag, IconFlagQuestion } from "@tabler/icons-react";
import { lazyPart } from "@/components/kit/lazy-part";
import type { DispositionDto } from "@/lib/contracts/disposition";

const TriggerDetails = lazyPart(
  () => import("@/components/workbook/trigger-details").then((module) => module.TriggerDetails),
  {
    what: "Why it is triggered",
    loading: () => <Skeleton height={220} aria-label="Loading why it is triggered" />,
    place: "here",
  },
);

/** The flag beside a number; it opens why the requirement is triggered. Nothing for rows without a trigger. */
export function TriggerFlag({ row }: { readonly row: DispositionDto }) {
  const { trigger, requirementNumber } = row;
  if (!trigger) return null;
  const Icon = trigger.undetermined ? IconFlagQuestion : IconFlag;
  return (
    <Popover width={380} position="bottom-start" shadow="md" withArrow trapFocus>
      <Popover.Target>
        <ActionIcon
          size="md"
          color={trigger.today ? "orange" : "gray"}
          aria-label={`Why ${requirementNumber} is triggered`}
        >
          <Icon size={16} stroke={1.8} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Why ${requirementNumber} is triggered`}>
        <ScrollArea.Autosize mah="50vh">
          <TriggerDetails trigger={trigger} version={row.standardVersion} number={requirementNumber} />
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
