"use client";

import { Tabs, Text } from "@mantine/core";
import { useState } from "react";
import { useFetchedSoon } from "@/components/kit/lazy-part";
import { LazyRecordChecks, LazyRecordGuidance } from "@/components/records/lazy-record-parts";
import { itemNames } from "@/components/review/anchors";
import type { Threads } from "@/components/review/use-threads";
import { itemNamesOf } from "@/components/worksheet/item-names";
import { toSeeTo } from "@/components/worksheet/panel/checks-said";
import { GuidanceTab } from "@/components/worksheet/panel/guidance-tab";
import {
  LazyChecksTab,
  LazyCriteriaGuidance,
  LazyEvidenceTab,
  LazyHistoryTab,
  LazyThreadsTab,
  TABS_SOON,
} from "@/components/worksheet/panel/lazy-tabs";
import type { Checks } from "@/components/worksheet/panel/use-checks";
import classes from "@/components/worksheet/worksheet.module.css";
import type { RequirementDetailDto } from "@/lib/contracts/catalogue";
import type { Blocker } from "@/lib/contracts/problem";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { CriterionAnswer } from "@/lib/domain/worksheet/criteria-answers";
import type { PartContents, WorksheetSections } from "@/lib/domain/worksheet/model";
import { hasText, isRecordPart, isSection, type PartKey } from "@/lib/domain/worksheet/sections";

/** What the panel beside the text is given; the same on a wide screen and in a sheet. */
export interface SidePanelProps {
  readonly worksheet: WorksheetDto;
  readonly sections: PartContents;
  readonly answers: readonly CriterionAnswer[];
  readonly section: PartKey;
  readonly threads: Threads;
  readonly facts: RequirementDetailDto | null;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  /** What the rules and the gate say; nothing of a record, which they are not asked about. */
  readonly checks: Checks;
  /** What stops the submission of a record; left out for a worksheet. */
  readonly blockers?: readonly Blocker[];
  /** Saves what is typed; resolves to whether the server has it. */
  readonly ready: () => Promise<boolean>;
  /** Shows what an action replied. */
  readonly put: (worksheet: WorksheetDto) => void;
  /** Evidence or threads changed: the worksheet's counts are to be read anew. */
  readonly onChanged: () => void;
}

/** A count behind a tab's name; none says nothing, so that all five tabs stand in one line. */
const counted = (count: number) => (count === 0 ? "" : ` ${count}`);
function countChecks({ worksheet, checks, blockers = [] }: SidePanelProps): number | null {
  if (worksheet.kind !== "ccw") return worksheet.permissions.edit ? blockers.length : null;
  return checks.said && toSeeTo(checks.said);
}

/** What helps to write the part that one is in. */
function Guidance({ worksheet, section, facts }: SidePanelProps) {
  const version = worksheet.header.standardVersion;
  if (isRecordPart(section)) return <LazyRecordGuidance part={section} facts={facts} />;
  if (!isSection(section)) return <LazyCriteriaGuidance version={version} />;
  const owed = worksheet.rigour?.knowledge.owed ?? [];
  return <GuidanceTab section={section} version={version} facts={facts} owed={owed} />;
}

/** Guidance, evidence and threads of the section one is in, and the worksheet's history. */
export function SidePanel(props: SidePanelProps) {
  const { worksheet, sections, section, threads } = props;
  const { blockers = [] } = props;
  const checks = countChecks(props);
  const [seen, setSeen] = useState<readonly string[]>([props.tab]);
  if (!seen.includes(props.tab)) setSeen([...seen, props.tab]);
  useFetchedSoon(TABS_SOON);
  const evidence = (worksheet.evidence ?? []).filter((link) => link.section === section).length;
  const open = threads.all.filter((thread) => thread.section === section && thread.resolvedAt === null).length;
  return (
    <Tabs
      classNames={{ tab: classes.tab }}
      value={props.tab}
      onChange={(tab) => tab && props.onTab(tab)}
      keepMounted={false}
    >
      <Tabs.List mb="sm" grow>
        <Tabs.Tab value="guidance">Guidance</Tabs.Tab>
        <Tabs.Tab value="checks">Checks{counted(checks ?? 0)}</Tabs.Tab>
        <Tabs.Tab value="evidence">Evidence{counted(evidence)}</Tabs.Tab>
        <Tabs.Tab value="threads">Threads{counted(open)}</Tabs.Tab>
        <Tabs.Tab value="history">History</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="guidance">
        <Guidance {...props} />
      </Tabs.Panel>
      {/* Stays once it was seen, because a reason or an answer may be half written. */}
      <Tabs.Panel value="checks" keepMounted>
        {!seen.includes("checks") ? null : worksheet.kind === "ccw" ? (
          <LazyChecksTab
            worksheet={worksheet}
            // All six are there, by its kind.
            sections={sections as WorksheetSections}
            checks={props.checks}
            ready={props.ready}
            put={props.put}
          />
        ) : (
          <LazyRecordChecks blockers={blockers} written={worksheet.permissions.edit} />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="evidence">
        {hasText(section) ? (
          <LazyEvidenceTab
            worksheet={worksheet}
            section={section}
            itemNames={itemNamesOf(sections, section)}
            onChanged={props.onChanged}
          />
        ) : (
          <Text size="sm" c="dimmed">
            Evidence belongs to the six sections. An answer to a criterion names it: “A3 shows it”.
          </Text>
        )}
      </Tabs.Panel>
      {/* Stays once it was seen, because a comment may be half written. */}
      <Tabs.Panel value="threads" keepMounted>
        {seen.includes("threads") && (
          <LazyThreadsTab
            threads={threads}
            section={section}
            names={itemNames(sections)}
            permissions={worksheet.permissions}
            onChanged={props.onChanged}
          />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <LazyHistoryTab worksheet={worksheet} />
      </Tabs.Panel>
    </Tabs>
  );
}
