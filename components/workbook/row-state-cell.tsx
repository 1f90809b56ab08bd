import { Badge, Group, Text, VisuallyHidden } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { Link } from "@/components/kit/link";
import { STATE_LOOKS } from "@/components/kit/status";
import { LookBadge, ValidityBadge } from "@/components/kit/status-badge";
import type { DispositionDto } from "@/lib/contracts/disposition";
import { documentOf } from "@/lib/contracts/row-document";
import { rowState } from "@/lib/domain/workflow/row-state";

/** Where a row stands: its worksheet's or record's state as a link to it, the day of its fix, or what is missing, in words. */
export function RowStateCell({ row }: { readonly row: DispositionDto }) {
  const { disposition, fixDueOn } = row;
  const document = documentOf(row);
  if (document) {
    const { state, revision, openThreads, validity } = document;
    return (
      <Group gap={6} wrap="wrap">
        {/* A page of many worksheets must not ask for all of them ahead. */}
        <Link href={`/worksheets/${document.id}`} prefetch={false}>
          <VisuallyHidden>{disposition === "compensating_control" ? "Worksheet: " : "Record: "}</VisuallyHidden>
          <LookBadge look={STATE_LOOKS[state]} detail={`r${revision}`} style={{ cursor: "pointer" }} />
        </Link>
        {openThreads > 0 ? (
          <Badge color="gray" leftSection={<IconMessage size={13} aria-hidden="true" />}>
            {openThreads}
            <VisuallyHidden> open threads</VisuallyHidden>
          </Badge>
        ) : null}
        {validity && state === "signed" && validity.status !== "valid" ? <ValidityBadge validity={validity} /> : null}
      </Group>
    );
  }
  if (disposition === "fix_planned" && fixDueOn) {
    return (
      <Text span size="sm">
        Fix due <DateText value={fixDueOn} plain />
      </Text>
    );
  }
  return (
    <Text span size="sm" c="dimmed">
      {row.settled ? "Settled" : rowState(disposition, null).label}
    </Text>
  );
}
