"use client";

import { ActionIcon, Alert, Badge, Group, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconKeyboard } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { Place } from "@/components/frame/place";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { StateBadge } from "@/components/kit/status-badge";
import { TextLink } from "@/components/kit/text-link";
import { KindBadge, ReviewDueBadge } from "@/components/records/badges";
import { countMarks } from "@/components/review/display-diff";
import { ExportMenu } from "@/components/review/export-menu";
import classes from "@/components/review/review.module.css";
import { displayPart } from "@/components/review/review-paper";
import type { ReviewTexts } from "@/components/review/review-texts";
import { VersionBar } from "@/components/review/version-bar";
import type { VersionChoice } from "@/components/review/version-choice";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { KIND_TITLES } from "@/lib/domain/records/kinds";
import { ORIGIN_WORDS } from "@/lib/domain/worksheet/origin";
import { textPartsOf } from "@/lib/domain/worksheet/sections";

/** The head of the review page: the requirement and its state, the text shown, what it is compared with, and the way out. */
export function ReviewHead(props: {
  readonly worksheet: WorksheetDto;
  readonly texts: ReviewTexts;
  readonly busy: boolean;
  /** The day that days are judged by, `YYYY-MM-DD`. */
  readonly today: string;
  readonly filter: ReactNode;
  readonly onChoose: (choice: VersionChoice) => void;
  readonly onHelp: () => void;
}) {
  const { worksheet, texts } = props;
  const { requirementNumber, requirementTitle, standardVersion } = worksheet.header;
  const isCcw = worksheet.kind === "ccw";
  const changes = useMemo(() => countChanges(texts), [texts]);
  return (
    <>
      <Place
        engagementId={worksheet.engagementId}
        crumbs={[
          { label: "Review", href: `/engagements/${worksheet.engagementId}/review` },
          { label: requirementNumber },
        ]}
      />
      <PageTitle
        before={
          <Group gap={6}>
            <StateBadge state={worksheet.state} detail={`r${worksheet.revision}`} />
            {worksheet.kind !== "ccw" && <KindBadge kind={worksheet.kind} />}
            <ReviewDueBadge day={worksheet.reviewDue} today={props.today} />
            {worksheet.origin ? (
              <Badge variant="outline" color="gray">
                {ORIGIN_WORDS[worksheet.origin.kind]}
              </Badge>
            ) : null}
          </Group>
        }
        title={`${requirementNumber} ${requirementTitle}`}
        lead={
          <>
            {`${KIND_TITLES[worksheet.kind]} · PCI DSS ${standardVersion}${worksheet.legacy ? ", legacy, not reportable" : ""}`}
            {isCcw && standardVersion === "4.0.1" && (
              <span className={classes.screenOnly}>
                {" · "}
                <TextLink href={besideAddress("legacy", worksheet.id, texts.shown.revision)} inherit underline="always">
                  Show as 3.2.1 (retired, for reading)
                </TextLink>
              </span>
            )}
          </>
        }
        actions={
          <Group gap="xs" className={classes.screenOnly}>
            {worksheet.permissions.edit ? (
              <LinkButton href={`/worksheets/${worksheet.id}`} variant="default">
                Write
              </LinkButton>
            ) : null}
            {isCcw && (
              <LinkButton href={besideAddress("rigour", worksheet.id, texts.shown.revision)} variant="default">
                Rigour report
              </LinkButton>
            )}
            {worksheet.permissions.export ? (
              <ExportMenu worksheetId={worksheet.id} kind={worksheet.kind} revision={texts.shown.revision} />
            ) : null}
            <Tooltip label="Keys on this page (?)">
              <ActionIcon onClick={props.onHelp} aria-label="Keys on this page" variant="default" visibleFrom="sm">
                <IconKeyboard size={18} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          </Group>
        }
      />
      {worksheet.warning ? (
        <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden="true" />} mb="md" py="xs">
          {worksheet.warning}
        </Alert>
      ) : null}
      <Group justify="space-between" gap="sm" mb="md" className={classes.screenOnly}>
        <VersionBar
          worksheet={worksheet}
          choice={texts.choice}
          changes={changes}
          busy={props.busy}
          onChange={props.onChoose}
        />
        {props.filter}
      </Group>
    </>
  );
}

/** The address of another page about the text that is shown; null is the draft. */
function besideAddress(page: "rigour" | "legacy", worksheetId: string, revision: number | null): string {
  return `/worksheets/${worksheetId}/${page}${revision === null ? "" : `?revision=${revision}`}`;
}

/** How many changes J and K find; null while nothing is compared. */
function countChanges(texts: ReviewTexts): number | null {
  const { comparison } = texts;
  if (!comparison) return null;
  const display = displayPart(texts);
  const { kind, header } = texts.shown;
  const parts = textPartsOf(kind, header.standardVersion);
  const inText = parts.reduce((sum, key) => sum + countMarks(display(key)), 0);
  const inEvidence = comparison.diff.evidence.filter(({ kind }) => kind !== "same").length;
  const inReasons = comparison.diff.reasons.filter(({ kind }) => kind !== "same").length;
  return inText + inEvidence + inReasons + comparison.diff.header.length + comparison.diff.gate.length;
}
