"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconCsv, IconFileTypeXls } from "@tabler/icons-react";
import { useAction } from "@/components/kit/use-action";
import { useReturnFocus } from "@/components/kit/use-return-focus";
import { apiPath } from "@/lib/client/api";
import { download } from "@/lib/client/download";
import { withQuery } from "@/lib/client/query";
import type { SheetFormat } from "@/lib/contracts/sheet-formats";
import type { SheetKind } from "@/lib/contracts/sheets";

const TABLES: readonly { readonly kind: SheetKind; readonly name: string; readonly about: string }[] = [
  {
    kind: "workbook",
    name: "Workbook",
    about: "Every row with disposition, owner and dates; can be edited and brought back",
  },
  { kind: "requirements", name: "Requirements", about: "All requirements of the version, and what touches them" },
  { kind: "evidence", name: "Evidence", about: "Links and files of all worksheets, with digests and days" },
  { kind: "findings", name: "Findings", about: "What the rigour checks say of each worksheet" },
];

/** Takes tables of the engagement out, for spreadsheets. */
export function TablesDialog({
  engagementId,
  onClose,
}: {
  readonly engagementId: string;
  readonly onClose: () => void;
}) {
  useReturnFocus();
  const { run, busy } = useAction({ notify: true });
  const take = (kind: SheetKind, format: SheetFormat) =>
    run(() =>
      download(withQuery(apiPath("engagements", engagementId, "sheets", kind), { format }), `${kind}.${format}`),
    );
  return (
    <Modal opened onClose={onClose} title="Tables for spreadsheets" size="lg">
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: "none" }}>
        {TABLES.map(({ kind, name, about }) => (
          <Group component="li" key={kind} justify="space-between" gap="xs">
            <div style={{ flex: "1 1 16rem" }}>
              <Text fw={600}>{name}</Text>
              <Text size="sm" c="dimmed">
                {about}
              </Text>
            </div>
            <Group gap="xs">
              <Button
                variant="default"
                disabled={busy}
                leftSection={<IconFileTypeXls size={16} aria-hidden="true" />}
                onClick={() => take(kind, "xlsx")}
                aria-label={`${name} as XLSX`}
              >
                XLSX
              </Button>
              <Button
                variant="default"
                disabled={busy}
                leftSection={<IconCsv size={16} aria-hidden="true" />}
                onClick={() => take(kind, "csv")}
                aria-label={`${name} as CSV`}
              >
                CSV
              </Button>
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
