"use client";

import { Anchor, Button, Popover, Stack, Text } from "@mantine/core";
import type { DataColumn } from "@/components/kit/data-table-column";
import { Link } from "@/components/kit/link";
import { DispositionBadge } from "@/components/kit/status-badge";
import { ReasonList } from "@/components/scope/reason-list";
import { reasonsOf, sourcesOf, whyClearToday } from "@/components/scope/select-requirements";
import { VerdictBadge } from "@/components/scope/verdict-badge";
import { SourceLinks } from "@/components/workbook/source-links";
import type { TriggeredRequirementDto } from "@/lib/contracts/scope-result";
import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import type { ReadingName } from "@/lib/domain/keys/trigger";

/** The columns of the result: number, both readings with reasons, sources, and the way to decide. */
export function requirementColumns(
  engagementId: string,
  version: StandardVersion,
  mayDecide: boolean,
): DataColumn<TriggeredRequirementDto>[] {
  return [
    {
      id: "requirement",
      header: "Requirement",
      sortBy: (one) => one.number,
      compare: (a, b) => compareNumbers(a.number, b.number),
      meta: { lead: true, width: "15rem" },
      cell: (row) => (
        <>
          <Anchor component={Link} href={`/catalogue/${version}/${row.number}`} fw={600} inherit>
            {row.number}
          </Anchor>
          <Text>{row.title}</Text>
        </>
      ),
    },
    readingColumn("article", "By the article"),
    readingColumn("today", "Today"),
    {
      id: "sources",
      header: "Sources",
      cell: (row) => <SourcesPopover requirement={row} />,
    },
    {
      id: "disposition",
      header: "Disposition",
      sortBy: (one) => one.disposition?.disposition ?? "",
      cell: (row) => <Decide engagementId={engagementId} requirement={row} mayDecide={mayDecide} />,
    },
  ];
}

function readingColumn(reading: ReadingName, header: string): DataColumn<TriggeredRequirementDto> {
  return {
    id: reading,
    header,
    sortBy: (one) => one[reading],
    meta: { width: "30%" },
    cell: (row) => {
      const settled = reading === "today" && row.today === "clear" ? whyClearToday(row) : [];
      return (
        <Stack gap={4} align="flex-start">
          <VerdictBadge verdict={row[reading]} />
          <ReasonList lines={[...reasonsOf(row, reading), ...settled]} of={`${row.number}, ${header.toLowerCase()}`} />
        </Stack>
      );
    },
  };
}

function SourcesPopover({ requirement }: { readonly requirement: TriggeredRequirementDto }) {
  const sources = sourcesOf(requirement);
  if (sources.length === 0) return <span>—</span>;
  return (
    <Popover width={320} position="bottom-start" shadow="md" withArrow trapFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-sm">
          {sources.length === 1 ? "1 source" : `${sources.length} sources`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Sources for ${requirement.number}`}>
        <SourceLinks sources={sources} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Decide(props: {
  readonly engagementId: string;
  readonly requirement: TriggeredRequirementDto;
  readonly mayDecide: boolean;
}) {
  const { disposition, number } = props.requirement;
  if (!disposition) return <span>—</span>;
  const open = disposition.disposition === "undecided";
  return (
    <Stack gap={6} align="flex-start">
      <DispositionBadge disposition={disposition.disposition} />
      <Button
        component={Link}
        href={`/engagements/${props.engagementId}?row=${disposition.id}`}
        size="compact-sm"
        variant={open && props.mayDecide ? "light" : "default"}
        aria-label={`${open && props.mayDecide ? "Decide" : "Open"} ${number}`}
      >
        {open && props.mayDecide ? "Decide" : "Open"}
      </Button>
    </Stack>
  );
}
