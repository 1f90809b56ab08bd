"use client";

import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { Link } from "@/components/kit/link";
import { ProblemAlert } from "@/components/kit/problem-alert";
import { StateBadge, ValidityBadge } from "@/components/kit/status-badge";
import { useAction } from "@/components/kit/use-action";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import type { DispositionDto, RecordRefDto } from "@/lib/contracts/disposition";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { KIND_PURPOSE, KIND_TITLES, KIND_WORDS, type RecordKind } from "@/lib/domain/records/kinds";

/** The records of a requirement, with the way to each, and those that may be opened for it as it stands. */
export function RowRecords({ row }: { readonly row: DispositionDto }) {
  const router = useRouter();
  const { run, busy, error } = useAction();
  const open = (kind: RecordKind) => run(async () => router.push(`/worksheets/${await openedRecord(row.id, kind)}`));
  if (row.records.length + row.mayOpen.length === 0) return null;
  return (
    <Stack gap="xs">
      {row.records.map((record) => (
        <RecordLink key={record.id} record={record} />
      ))}
      {row.mayOpen.map((kind) => (
        <Alert key={kind} color="petrol" title={KIND_TITLES[kind]}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{KIND_PURPOSE[kind]}</Text>
            <Button size="compact-sm" loading={busy} onClick={() => open(kind)}>
              Open the {KIND_WORDS[kind]}
            </Button>
          </Stack>
        </Alert>
      ))}
      <ProblemAlert error={error} />
    </Stack>
  );
}

function RecordLink({ record: { id, kind, state, revision, validity } }: { readonly record: RecordRefDto }) {
  return (
    <Group gap="xs">
      <StateBadge state={state} detail={`r${revision}`} />
      <Anchor component={Link} href={`/worksheets/${id}`}>
        Go to the {KIND_WORDS[kind]}
      </Anchor>
      {validity && state === "signed" && validity.status !== "valid" ? <ValidityBadge validity={validity} /> : null}
    </Group>
  );
}

/** The record's id, also where somebody else opened it meanwhile. */
async function openedRecord(dispositionId: string, kind: RecordKind): Promise<string> {
  try {
    return (await api.post<WorksheetDto>(`/dispositions/${dispositionId}/records`, { kind })).id;
  } catch (error) {
    const current = isProblem(error, "already_exists") ? (error.problem.current as { id?: string }) : undefined;
    if (current?.id) return current.id;
    throw error;
  }
}
