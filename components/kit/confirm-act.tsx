"use client";

import { lazyDialog } from "@/components/kit/lazy-dialog";

/** A dialog before an act that is not undone by another click. It stays open until `onConfirm` succeeds. */
export const ConfirmAct = lazyDialog(
  () => import("@/components/kit/confirm-act-dialog").then((module) => module.ConfirmActDialog),
  "The question",
);
