"use client";

import { useState } from "react";
import type { ConfirmReasonProps } from "@/components/kit/confirm-reason-dialog";
import { lazyPart } from "@/components/kit/lazy-part";

const ConfirmReasonDialog = lazyPart(
  () => import("@/components/kit/confirm-reason-dialog").then((module) => module.ConfirmReasonDialog),
  { what: "The question" },
);

/**
 * A dialog for a weighty act that wants a reason. It stays open, with the text, until `onConfirm` succeeds; a text that
 * was not sent is there again when the dialog is opened anew.
 */
export function ConfirmReason(props: ConfirmReasonProps) {
  // Loaded when it is first asked, and there from then on, so that it closes as it opened.
  const [asked, setAsked] = useState(false);
  if (props.opened && !asked) setAsked(true);
  return asked ? <ConfirmReasonDialog {...props} onLeave={props.onClose} /> : null;
}
