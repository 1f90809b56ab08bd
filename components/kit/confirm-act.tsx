"use client";

import { useState } from "react";
import type { ConfirmActProps } from "@/components/kit/confirm-act-dialog";
import { lazyPart } from "@/components/kit/lazy-part";

const ConfirmActDialog = lazyPart(
  () => import("@/components/kit/confirm-act-dialog").then((module) => module.ConfirmActDialog),
  { what: "The question" },
);

/** A dialog before an act that is not undone by another click. It stays open until `onConfirm` succeeds. */
export function ConfirmAct(props: ConfirmActProps) {
  // Loaded when it is first asked, and there from then on, so that it closes as it opened.
  const [asked, setAsked] = useState(false);
  if (props.opened && !asked) setAsked(true);
  return asked ? <ConfirmActDialog {...props} onLeave={props.onClose} /> : null;
}
