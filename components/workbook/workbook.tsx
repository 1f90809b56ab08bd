"use client";

import { Alert, Button, Text } from "@mantine/core";
import { IconChecklist, IconPlus, IconUsers } from "@tabler/icons-react";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { EngagementFacts } from "@/components/engagement/engagement-facts";
import { ProgressStrip } from "@/components/engagement/progress-strip";
import { dayOf } from "@/components/kit/dates";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar } from "@/components/kit/filter-bar";
import { lazyPart } from "@/components/kit/lazy-part";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { TextLink } from "@/components/kit/text-link";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import { workbookChoices } from "@/components/workbook/filter-choices";
import { selectRows, WORKBOOK_FILTERS } from "@/components/workbook/select-rows";
import { useOpenRow } from "@/components/workbook/use-open-row";
import { useRows } from "@/components/workbook/use-rows";
import { WorkbookExport } from "@/components/workbook/workbook-export";
import { WorkbookImport } from "@/components/workbook/workbook-import";
import { WorkbookTable } from "@/components/workbook/workbook-table";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { EngagementDto, ProgressDto } from "@/lib/contracts/engagement";
import type { PersonRef } from "@/lib/contracts/section";
import { KIND_TITLES, RECORD_KINDS } from "@/lib/domain/records/kinds";

const DispositionDrawer = lazyPart(
  () => import("@/components/workbook/disposition-drawer").then((module) => module.DispositionDrawer),
  { what: "The row" },
);
const AddRequirements = lazyPart(
  () => import("@/components/workbook/add-requirements").then((module) => module.AddRequirements),
  { what: "The list of requirements" },
);

/** The workbook: what is left, and whose turn it is. `people` may own rows. */
export function Workbook(props: {
  readonly engagement: EngagementDto;
  readonly items: readonly DispositionDto[];
  readonly progress: ProgressDto;
  readonly people: readonly PersonRef[];
  /** Whether the reader may carry worksheets of 3.2.1 over into this engagement. */
  readonly carriesOver: boolean;
}) {
  const { engagement, progress, people } = props;
  const { permissions } = engagement;
  const { rows, accept } = useRows(props.items);
  const filters = useUrlFilters(WORKBOOK_FILTERS);
  const openRow = useOpenRow(rows);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [adding, setAdding] = useState(false);
  const today = dayOf(new Date(), "UTC");
  const shown = useMemo(() => selectRows(rows, filters.values, today), [rows, filters.values, today]);
  // A long list follows while one types on.
  const listed = useDeferredValue(shown);
  const { set: setFilters } = filters;
  const onSort = useCallback((sort: string) => setFilters({ sort }), [setFilters]);
  const add = permissions.decideDispositions ? (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
      Add requirements
    </Button>
  ) : null;
  return (
    <>
      <PageTitle
        title={engagement.name}
        lead={<EngagementFacts engagement={engagement} />}
        actions={
          <>
            {add}
            {props.carriesOver ? (
              <LinkButton href={`/engagements/${engagement.id}/carry-over`} variant="default">
                Carry over from 3.2.1
              </LinkButton>
            ) : null}
            {permissions.decideDispositions && rows.length > 0 ? (
              <WorkbookImport engagementId={engagement.id} onDone={accept} />
            ) : null}
            {permissions.exportWorkbook && rows.length > 0 ? (
              <WorkbookExport
                engagementId={engagement.id}
                offersPack={permissions.exportPack}
                offersData={permissions.exportData}
              />
            ) : null}
          </>
        }
      />
      {rows.length === 0 ? (
        <NoRows engagement={engagement} />
      ) : (
        <>
          <NoAssessor engagement={engagement} />
          <ProgressStrip
            progress={progress}
            roles={engagement.myRoles}
            hasAssessor={engagement.assessor !== null}
            href={`/engagements/${engagement.id}`}
            onState={(state) => filters.set({ state })}
          />
          <DocumentCounts rows={rows} />
          <FilterBar
            filters={filters}
            search="Search requirements, notes, owners"
            choices={workbookChoices(rows)}
            shown={shown.length}
            total={rows.length}
            noun="requirements"
          />
          <WorkbookTable
            rows={listed}
            today={today}
            onOpen={openRow.open}
            onReach={DispositionDrawer.fetch}
            sort={filters.values.sort}
            onSort={onSort}
            ticked={ticked}
            onTick={permissions.decideDispositions ? setTicked : null}
          />
          {ticked.size > 0 ? (
            <BulkBar
              engagementId={engagement.id}
              ids={ticked}
              hidden={ticked.size - shown.filter(({ id }) => ticked.has(id)).length}
              people={people}
              onDone={(changed) => {
                accept(changed);
                setTicked(new Set());
              }}
              onClear={() => setTicked(new Set())}
            />
          ) : null}
        </>
      )}
      {openRow.row ? (
        <DispositionDrawer
          row={openRow.row}
          engagement={engagement}
          people={people}
          carriesOver={props.carriesOver}
          accept={accept}
          onTurn={openRow.open}
          onClose={openRow.close}
          onLeave={openRow.close}
        />
      ) : null}
      {adding ? (
        <AddRequirements
          engagementId={engagement.id}
          version={engagement.standardVersion}
          present={new Set(rows.map((row) => row.requirementNumber))}
          onDone={accept}
          onClose={() => setAdding(false)}
          onLeave={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}

const BulkBar = lazyPart(() => import("@/components/workbook/bulk-bar").then((module) => module.BulkBar), {
  what: "What is done with the selected rows",
});

/** How many worksheets and how many records of each kind there are, apart from each other; nothing while there is no record. */
function DocumentCounts({ rows }: { readonly rows: readonly DispositionDto[] }) {
  const records = rows.flatMap((row) => row.records);
  if (records.length === 0) return null;
  const counts = [
    `Compensating controls worksheets: ${rows.filter(({ worksheet }) => worksheet !== null).length}`,
    ...RECORD_KINDS.map((kind) => [KIND_TITLES[kind], records.filter((one) => one.kind === kind).length] as const)
      .filter(([, count]) => count > 0)
      .map(([title, count]) => `${title}: ${count}`),
  ];
  return (
    <Text size="sm" c="dimmed" mb="sm">
      {counts.join(" · ")}
    </Text>
  );
}

function NoRows({ engagement }: { readonly engagement: EngagementDto }) {
  const { answerScope } = engagement.permissions;
  return (
    <EmptyState
      icon={IconChecklist}
      title="The workbook is empty"
      action={
        answerScope ? (
          <LinkButton href={`/engagements/${engagement.id}/scope`}>Answer the scope questions</LinkButton>
        ) : undefined
      }
    >
      {answerScope
        ? "A few questions about your keys decide which requirements your way of holding them touches. Those come here; any other can be added."
        : "Requirements appear here once the engagement’s lead has answered the scope questions."}
    </EmptyState>
  );
}

/** A report on compliance is decided by a QSA: says so to whoever can invite one, while nobody is. */
function NoAssessor({ engagement }: { readonly engagement: EngagementDto }) {
  if (engagement.assessor || engagement.assessmentType !== "ROC" || !engagement.permissions.settings) return null;
  return (
    <Alert color="gray" icon={<IconUsers size={18} aria-hidden="true" />} mb="md" py="xs">
      No assessor company takes part yet; a report on compliance needs one.{" "}
      <TextLink href={`/engagements/${engagement.id}/people`}>Invite it under People</TextLink>
    </Alert>
  );
}
