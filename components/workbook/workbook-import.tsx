"use client";

import { Button } from "@mantine/core";
import { IconTableImport } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { DispositionDto } from "@/lib/contracts/disposition";

const ImportDialog = dynamic(
  () => import("@/components/workbook/import-dialog").then((module) => module.ImportDialog),
  { ssr: false },
);

/** Brings a table of the workbook back that was edited in a spreadsheet. */
export function WorkbookImport(props: {
  readonly engagementId: string;
  readonly onDone: (rows: readonly DispositionDto[]) => void;
}) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTableImport size={16} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        Import table
      </Button>
      {opened ? <ImportDialog {...props} onClose={() => setOpened(false)} /> : null}
    </>
  );
}
