"use client";

import { Button, Drawer } from "@mantine/core";
import { IconLayoutSidebarRight } from "@tabler/icons-react";
import { useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";
import { SidePanel, type SidePanelProps } from "@/components/worksheet/panel/side-panel";
import { SectionNav, SectionSelect } from "@/components/worksheet/section-nav";
import classes from "@/components/worksheet/worksheet.module.css";
import type { Blocker } from "@/lib/contracts/problem";
import { unanswered } from "@/lib/domain/worksheet/criteria-answers";
import type { PartKey } from "@/lib/domain/worksheet/sections";

const TABS: readonly string[] = ["guidance", "checks", "evidence", "threads", "history"];

/** The tab that the address names with `panel`, for links to where something is mended. */
function useAskedTab(): string {
  const asked = useSearchParams().get("panel") ?? "";
  return TABS.includes(asked) ? asked : "guidance";
}

/** The three columns: sections, document, panel. On narrow screens the first is a choice and the last a sheet. */
export function WorksheetLayout(props: {
  readonly order: readonly PartKey[];
  readonly blockers: readonly Blocker[];
  readonly panel: Omit<SidePanelProps, "tab" | "onTab">;
  /** How saving stands, and help; stays in view. */
  readonly status: ReactNode;
  readonly children: ReactNode;
}) {
  const { panel } = props;
  const [tab, setTab] = useState(useAskedTab());
  const [sheet, setSheet] = useState(false);
  const nav = {
    order: props.order,
    sections: panel.sections,
    criteriaAnswered: unanswered(panel.answers, panel.worksheet.header.standardVersion).length === 0,
    blockers: props.blockers,
    current: panel.section,
  };
  return (
    <>
      <div className={classes.bar}>
        <SectionSelect {...nav} />
        <Button
          variant="default"
          leftSection={<IconLayoutSidebarRight size={16} aria-hidden />}
          className={classes.sheetButton}
          onClick={() => setSheet(true)}
        >
          Help &amp; threads
        </Button>
        {props.status && <div className={classes.barStatus}>{props.status}</div>}
      </div>
      <div className={classes.columns}>
        <div className={`${classes.side} ${classes.left}`}>
          <SectionNav {...nav} />
          {props.status && <div className={classes.status}>{props.status}</div>}
        </div>
        <div className={classes.document}>{props.children}</div>
        <aside className={`${classes.side} ${classes.right}`} aria-label="About this section">
          <SidePanel {...panel} tab={tab} onTab={setTab} />
        </aside>
      </div>
      <Drawer opened={sheet} onClose={() => setSheet(false)} title="About this section" size="md" keepMounted>
        <SidePanel {...panel} tab={tab} onTab={setTab} />
      </Drawer>
    </>
  );
}
