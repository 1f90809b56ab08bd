"use client";

import { Button, Drawer } from "@mantine/core";
import { IconLayoutSidebarRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { SidePanel, type SidePanelProps } from "@/components/worksheet/panel/side-panel";
import { SectionNav, SectionSelect } from "@/components/worksheet/section-nav";
import type { PanelView } from "@/components/worksheet/use-panel";
import classes from "@/components/worksheet/worksheet.module.css";
import type { Blocker } from "@/lib/contracts/problem";
import { unanswered } from "@/lib/domain/worksheet/criteria-answers";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** The three columns: sections, document, panel. On narrow screens the first is a choice and the last a sheet. */
export function WorksheetLayout(props: {
  readonly order: readonly PartKey[];
  readonly blockers: readonly Blocker[];
  readonly panel: Omit<SidePanelProps, "tab" | "onTab">;
  readonly view: PanelView;
  /** How saving stands, and help; stays in view. */
  readonly status: ReactNode;
  readonly children: ReactNode;
}) {
  const { panel, view } = props;
  const { tab, onTab, sheet, onSheet } = view;
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
          onClick={() => onSheet(true)}
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
          <SidePanel {...panel} tab={tab} onTab={onTab} />
        </aside>
      </div>
      <Drawer opened={sheet} onClose={() => onSheet(false)} title="About this section" size="md" keepMounted>
        <SidePanel {...panel} tab={tab} onTab={onTab} />
      </Drawer>
    </>
  );
}
