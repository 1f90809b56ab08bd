"use client";

import { useState } from "react";
import { lazyPart } from "@/components/kit/lazy-part";
import { MenuFace } from "@/components/kit/menu-face";
import type { DispositionDto } from "@/lib/contracts/disposition";

const ImportMenu = lazyPart(() => import("@/components/workbook/import-menu").then((module) => module.ImportMenu), {
  what: "The menu",
  loading: () => <MenuFace>Import</MenuFace>,
});

const ImportDialog = lazyPart(
  () => import("@/components/workbook/import-dialog").then((module) => module.ImportDialog),
  { what: "The import" },
);

const PlanDialog = lazyPart(() => import("@/components/workbook/plan-dialog").then((module) => module.PlanDialog), {
  what: "The import",
});

/** Brings the workbook's table back that was edited in a spreadsheet, or takes in worksheets and fixes from an OSCAL plan. */
export function WorkbookImport(props: {
  readonly engagementId: string;
  readonly onDone: (rows: readonly DispositionDto[]) => void;
}) {
  const [opened, setOpened] = useState<"table" | "plan" | null>(null);
  const [pressed, setPressed] = useState(false);
  const close = () => setOpened(null);
  return (
    <>
      {pressed ? (
        <ImportMenu onChoose={setOpened} onLeave={() => setPressed(false)} />
      ) : (
        <MenuFace onPointerEnter={ImportMenu.fetch} onFocus={ImportMenu.fetch} onClick={() => setPressed(true)}>
          Import
        </MenuFace>
      )}
      {opened === "table" ? <ImportDialog {...props} onClose={close} onLeave={close} /> : null}
      {opened === "plan" ? <PlanDialog {...props} onClose={close} onLeave={close} /> : null}
    </>
  );
}
