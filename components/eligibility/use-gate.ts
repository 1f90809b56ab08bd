"use client";

import { useState } from "react";
import { useAction } from "@/components/kit/use-action";
import { useCardNumberQuestion } from "@/components/kit/use-card-number-question";
import { isProblem } from "@/lib/client/errors";
import type { OpenWorksheetInput } from "@/lib/contracts/rigour";
import { type GateContext, gateStops } from "@/lib/domain/rigour/gate";
import type { GateStop } from "@/lib/domain/rigour/gate-words";
import { UNANSWERED } from "@/lib/domain/worksheet/answers";

/** The gate as it is asked before there is a worksheet, with the action that it leads to. */
export function useGate(context: GateContext) {
  const [answers, setAnswers] = useState(UNANSWERED);
  const [tried, setTried] = useState(false);
  const { run, busy, error } = useAction();
  const { withQuestion, question } = useCardNumberQuestion();
  // A gap that this page does not know of is told by the server.
  const configurationGap = context.configurationGap || asksWhy(error);
  const stops = gateStops(answers, { ...context, configurationGap });
  // Of a plain gap no reason is asked for before somebody had the time to write one.
  const asksForReason = tried || answers.switchable === true;
  const isShown = (asked: GateStop["question"]) =>
    asked === null || (answers[asked] !== null && (asked !== "whyNotSwitchedOn" || asksForReason));
  /** What the answers to a question lead to, as far as it is to be said yet; null asks for what no answer led to. */
  const stopsAt = (asked: GateStop["question"]): readonly GateStop[] =>
    isShown(asked) ? stops.filter((one) => one.question === asked) : [];
  /** Sends the answers, unless the gate stops at one; from then on every question that was left is asked for. */
  const pass = (send: (input: GateInput) => Promise<unknown>): void => {
    setTried(true);
    if (stops.length > 0) return;
    void run(() =>
      withQuestion((sure) => send({ eligibility: answers, ...(sure ? { acknowledgeCardNumber: true } : {}) })),
    );
  };
  return {
    /** What the questions are shown with. */
    fields: {
      ...{ answers, onChange: setAnswers, configurationGap },
      unanswered: tried ? "Answer this question." : undefined,
    },
    stopsAt,
    pass,
    run,
    busy,
    error,
    /** A dialog of its own, to be put on the page. */
    question,
  };
}

/** The answers, with whether somebody said that what looks like a card number in them is none. */
type GateInput = Pick<OpenWorksheetInput, "eligibility" | "acknowledgeCardNumber">;

function asksWhy(error: unknown): boolean {
  return (
    isProblem(error, "blocked") &&
    (error.problem.blockers ?? []).some(({ question }) => question === "whyNotSwitchedOn")
  );
}
