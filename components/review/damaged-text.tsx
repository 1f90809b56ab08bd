import { Alert, Group } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Place } from "@/components/frame/place";
import { EmptyState } from "@/components/kit/empty-state";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { StateBadge } from "@/components/kit/status-badge";
import { TextLink } from "@/components/kit/text-link";
import { Certificates } from "@/components/review/certificate";
import { DamagedMoves } from "@/components/review/damaged-moves";
import { LatestReason, MoveHistory } from "@/components/review/history";
import { hasDraft } from "@/components/review/review-texts";
import type { ThreadDto } from "@/lib/contracts/review";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** Shown in place of a text that was changed in the database: what there is beside it, the other texts, and what can be done without it. */
export function DamagedText({
  worksheet,
  shown,
  reason,
  threads,
  ownPage,
  today,
}: {
  readonly worksheet: WorksheetDto;
  /** The revision's number, or which text it was. */
  readonly shown: number | "draft";
  /** The server's sentence. */
  readonly reason: string;
  /** Every thread that the person reads. */
  readonly threads: readonly ThreadDto[];
  /** Whether the worksheet has a page of its own for the person; the assessor's people read it here alone. */
  readonly ownPage: boolean;
  /** The day that evidence is judged by, `YYYY-MM-DD`. */
  readonly today: string;
}) {
  const { id, engagementId, header, revisions, signOffs, transitions, validity } = worksheet;
  const frozen = revisions.find(({ number }) => number === shown);
  const others = [
    ...revisions.flatMap(({ number }) =>
      number === shown ? [] : [{ show: String(number), label: `Revision r${number}` }],
    ),
    ...(hasDraft(worksheet) && shown !== "draft" ? [{ show: "draft", label: `Draft of r${worksheet.revision}` }] : []),
  ];
  return (
    <>
      <Place
        engagementId={engagementId}
        crumbs={[{ label: "Review", href: `/engagements/${engagementId}/review` }, { label: header.requirementNumber }]}
      />
      <PageTitle
        before={<StateBadge state={worksheet.state} detail={`r${worksheet.revision}`} />}
        title={`${header.requirementNumber} ${header.requirementTitle}`}
        actions={
          ownPage ? (
            <LinkButton href={`/worksheets/${id}`} variant="default">
              Open its page
            </LinkButton>
          ) : null
        }
      />
      <DamagedNote reason={reason} />
      {others.length > 0 ? (
        <Group component="nav" aria-label="Other texts" gap="md" mb="md">
          {others.map(({ show, label }) => (
            <TextLink key={show} href={`/worksheets/${id}/review?show=${show}&since=off`} underline="always">
              {label}
            </TextLink>
          ))}
        </Group>
      ) : null}
      <LatestReason transitions={transitions} />
      <Certificates signOffs={signOffs} validity={validity} />
      {frozen ? (
        <DamagedMoves
          key={worksheet.version}
          worksheet={worksheet}
          revision={frozen.number}
          digest={frozen.digest}
          threads={threads}
          today={today}
        >
          <MoveHistory transitions={transitions} />
        </DamagedMoves>
      ) : (
        <MoveHistory transitions={transitions} />
      )}
    </>
  );
}

/** Shown in place of a page that is about a text which was changed in the database. @param reason the server's sentence */
export function DamagedPage({ worksheetId, reason }: { readonly worksheetId: string; readonly reason: string }) {
  return (
    <EmptyState
      order={1}
      icon={IconAlertTriangle}
      title="A frozen text was changed"
      action={
        <LinkButton href={`/worksheets/${worksheetId}`} variant="default">
          Open the worksheet
        </LinkButton>
      }
    >
      {reason}
    </EmptyState>
  );
}

/** Says that a frozen text is not shown, and why. */
export function DamagedNote({ reason }: { readonly reason: string }) {
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden="true" />}
      title="A frozen text was changed"
      mb="md"
    >
      {reason}
    </Alert>
  );
}
