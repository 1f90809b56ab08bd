import { Alert, Badge, Group } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { PageTitle } from "@/components/kit/page-title";
import { StateBadge, ValidityBadge } from "@/components/kit/status-badge";
import { TextLink } from "@/components/kit/text-link";
import { KindBadge, ReviewDueBadge } from "@/components/records/badges";
import { DigestText } from "@/components/review/digest-text";
import classes from "@/components/worksheet/worksheet.module.css";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import type { ScopeItem } from "@/lib/domain/worksheet/model";
import { ORIGIN_WORDS } from "@/lib/domain/worksheet/origin";
import { scopeLine } from "@/lib/domain/worksheet/scope-line";

/** What is being written: requirement, where it belongs, how far it is, and what can be done with it. */
export function WorksheetHeader({
  worksheet,
  scope,
  actions,
  today,
  children,
}: {
  readonly worksheet: WorksheetDto;
  /** What the worksheet covers; null for people who may not read that. */
  readonly scope: readonly ScopeItem[] | null;
  readonly actions: ReactNode;
  /** The day that the review of a record is judged by, `YYYY-MM-DD`. */
  readonly today?: string;
  /** What stands below the title, such as what the draft began as. */
  readonly children?: ReactNode;
}) {
  const { header } = worksheet;
  return (
    <>
      <PageTitle
        before={
          <Group gap="xs">
            <StateBadge state={worksheet.state} />
            <Badge variant="outline" color="gray">
              Revision {worksheet.revision}
            </Badge>
            {worksheet.validity && <ValidityBadge validity={worksheet.validity} />}
            <Badge variant="outline" color="gray">
              PCI DSS {header.standardVersion}
            </Badge>
            {worksheet.kind !== "ccw" && <KindBadge kind={worksheet.kind} />}
            {today && <ReviewDueBadge day={worksheet.reviewDue} today={today} />}
            {worksheet.legacy && <Badge color="orange">Legacy, not reportable</Badge>}
            {worksheet.origin && (
              <Badge variant="outline" color="gray">
                {ORIGIN_WORDS[worksheet.origin.kind]}
              </Badge>
            )}
          </Group>
        }
        title={
          <>
            <span className={classes.number}>{header.requirementNumber}</span>
            {header.requirementTitle}
          </>
        }
        lead={
          <>
            <span className={classes.meta}>
              <span>{header.entityName}</span>
              <span>{header.engagementName}</span>
              {worksheet.kind === "ccw" && header.standardVersion === "4.0.1" && worksheet.digest !== "" && (
                <TextLink href={`/worksheets/${worksheet.id}/legacy`} inherit underline="always">
                  Show as 3.2.1 (retired, for reading)
                </TextLink>
              )}
              <span>
                Digest <DigestText digest={worksheet.digest} />
              </span>
            </span>
            {scope && <ScopeText scope={scope} />}
          </>
        }
        actions={actions}
      />
      {worksheet.damagedRevision !== null && (
        <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} mb="md" py="xs">
          The frozen text of revision {worksheet.damagedRevision} was changed in the database, not by Countervail, and
          differs from what was frozen: nothing can be decided over it, and it cannot be taken out. Whoever runs the
          service can bring it back from a backup.
        </Alert>
      )}
      {worksheet.warning && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />} mb="md" py="xs">
          {worksheet.warning}
        </Alert>
      )}
      {children}
    </>
  );
}

/** One line whatever is in it, so that the page does not move while the scope is written. */
function ScopeText({ scope }: { readonly scope: readonly ScopeItem[] }) {
  const names = scopeLine(scope);
  return (
    <span className={classes.scope} title={names || undefined}>
      {names ? `Covers ${names}` : "Covers nothing that is listed yet"}
    </span>
  );
}
