"use client";

import { NativeSelect, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, type TablerIcon } from "@tabler/icons-react";
import { useProgress } from "@/components/carry-over/carried-parts";
import { type NavState, navState } from "@/components/worksheet/nav-state";
import { goToSection } from "@/components/worksheet/section-anchor";
import classes from "@/components/worksheet/worksheet.module.css";
import type { Blocker } from "@/lib/contracts/problem";
import type { PartContents } from "@/lib/domain/worksheet/model";
import { hasText, PART_LABELS, type PartKey } from "@/lib/domain/worksheet/sections";

const LOOKS: Readonly<Record<NavState, { readonly icon: TablerIcon; readonly word: string; readonly color: string }>> =
  {
    empty: { icon: IconCircleDashed, word: "empty", color: "dimmed" },
    open: { icon: IconCircleDashed, word: "not all answered", color: "dimmed" },
    anew: { icon: IconCircleDashed, word: "to be written anew", color: "orange" },
    unchecked: { icon: IconCircleDashed, word: "not checked yet", color: "dimmed" },
    filled: { icon: IconCircleCheck, word: "has content", color: "green" },
    blocked: { icon: IconAlertTriangle, word: "stops the submission", color: "orange" },
  };

interface SectionNavProps {
  readonly order: readonly PartKey[];
  readonly sections: PartContents;
  readonly criteriaAnswered: boolean;
  readonly blockers: readonly Blocker[];
  readonly current: PartKey;
}

/** The six sections and the criteria with their state; the current one follows the reading. */
export function SectionNav(props: SectionNavProps) {
  const { order, current } = props;
  const progress = useProgress();
  return (
    <nav aria-label="Sections of the worksheet" className={classes.nav}>
      <ol>
        {order.map((key) => {
          const { icon: Icon, word, color } = LOOKS[navState(props, key, progress(key))];
          return (
            <li key={key}>
              <UnstyledButton
                className={classes.navLink}
                onClick={() => goToSection(key)}
                aria-current={key === current ? "location" : undefined}
              >
                <Text span c={color} lh={0} title={word} aria-hidden="true">
                  <Icon size={17} stroke={1.75} aria-hidden />
                </Text>
                <span>
                  {PART_LABELS[key]}
                  <VisuallyHidden>, {word}</VisuallyHidden>
                </span>
              </UnstyledButton>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** The same as a choice, for narrow screens. */
export function SectionSelect(props: SectionNavProps) {
  const { order, current } = props;
  const progress = useProgress();
  return (
    <NativeSelect
      aria-label="Section of the worksheet"
      className={classes.navSelect}
      value={current}
      data={order.map((key, at) => ({
        value: key,
        label: `${hasText(key) ? at + 1 : "B"}. ${PART_LABELS[key]} (${LOOKS[navState(props, key, progress(key))].word})`,
      }))}
      onChange={(event) => goToSection(event.currentTarget.value as PartKey)}
    />
  );
}
