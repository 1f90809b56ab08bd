"use client";

import { NativeSelect, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, type TablerIcon } from "@tabler/icons-react";
import { goToSection } from "@/components/worksheet/section-anchor";
import classes from "@/components/worksheet/worksheet.module.css";
import type { Blocker } from "@/lib/contracts/problem";
import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import { hasContent } from "@/lib/domain/worksheet/section-content";
import { SECTION_LABELS, type SectionKey } from "@/lib/domain/worksheet/sections";

type NavState = "empty" | "filled" | "blocked";
const LOOKS: Readonly<Record<NavState, { readonly icon: TablerIcon; readonly word: string; readonly color: string }>> =
  {
    empty: { icon: IconCircleDashed, word: "empty", color: "dimmed" },
    filled: { icon: IconCircleCheck, word: "has content", color: "green" },
    blocked: { icon: IconAlertTriangle, word: "stops the submission", color: "orange" },
  };

/** How a section stands: an empty one stops a submission too, but says no more than that it is empty. */
function navState(sections: WorksheetSections, key: SectionKey, blockers: readonly Blocker[]): NavState {
  if (!hasContent(sections, key)) return "empty";
  return blockers.some(({ section }) => section === key) ? "blocked" : "filled";
}

interface SectionNavProps {
  readonly order: readonly SectionKey[];
  readonly sections: WorksheetSections;
  readonly blockers: readonly Blocker[];
  readonly current: SectionKey;
}

/** The six sections with their state; the current one follows the reading. */
export function SectionNav({ order, sections, blockers, current }: SectionNavProps) {
  return (
    <nav aria-label="Sections of the worksheet" className={classes.nav}>
      <ol>
        {order.map((key) => {
          const { icon: Icon, word, color } = LOOKS[navState(sections, key, blockers)];
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
                  {SECTION_LABELS[key]}
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
export function SectionSelect({ order, sections, blockers, current }: SectionNavProps) {
  return (
    <NativeSelect
      aria-label="Section of the worksheet"
      className={classes.navSelect}
      value={current}
      data={order.map((key, at) => ({
        value: key,
        label: `${at + 1}. ${SECTION_LABELS[key]} (${LOOKS[navState(sections, key, blockers)].word})`,
      }))}
      onChange={(event) => goToSection(event.currentTarget.value as SectionKey)}
    />
  );
}
