import { GATE_QUESTIONS, GATE_WORDS } from "@/lib/domain/rigour/gate";
import type { EligibilityAnswers } from "@/lib/domain/worksheet/answers";

/** What the gate's questions are about. */
export const GATE_TITLE = "Is a worksheet allowed here?";

/** A question of the gate with what was answered, in words. */
export interface GateAnswer {
  readonly term: string;
  readonly text: string;
}

/** The questions of the gate, each with its answer; why a setting cannot be switched on stands last, where it was said. */
export function gateInWords(answers: EligibilityAnswers): readonly GateAnswer[] {
  const why = answers.whyNotSwitchedOn.trim();
  return [
    ...GATE_QUESTIONS.map((question) => ({ term: GATE_WORDS[question].ask, text: yesOrNo(answers[question]) })),
    ...(why === "" ? [] : [{ term: "Why the setting cannot be switched on", text: why }]),
  ];
}

function yesOrNo(answer: boolean | null): string {
  if (answer === null) return "Not answered";
  return answer ? "Yes" : "No";
}
