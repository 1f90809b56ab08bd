"use client";

import { lazyDialog } from "@/components/kit/lazy-dialog";

/**
 * A dialog for a weighty act that wants a reason. It stays open, with the text, until `onConfirm` succeeds; a text that
 * was not sent is there again when the dialog is opened anew.
 */
export const ConfirmReason = lazyDialog(
  () => import("@/components/kit/confirm-reason-dialog").then((module) => module.ConfirmReasonDialog),
  "The question",
);
