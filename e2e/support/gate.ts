import type { Locator, Page } from "@playwright/test";
import { GATE_QUESTIONS, GATE_WORDS, type GateQuestion } from "@/lib/domain/rigour/gate-words";

/** The dialog that asks whether a worksheet is allowed. */
export function gateOf(page: Page): Locator {
  return page.getByRole("dialog", { name: /^Is a worksheet allowed for / });
}

/** Answers one question of the gate, in the dialog or beside a worksheet. */
export async function answer(within: Locator, question: GateQuestion, word: "Yes" | "No"): Promise<void> {
  await within.getByRole("radiogroup", { name: GATE_WORDS[question].ask }).getByRole("radio", { name: word }).check();
}

/** Answers every question so that the gate lets a worksheet be opened, and opens it. */
export async function passGate(page: Page): Promise<void> {
  const gate = gateOf(page);
  for (const question of GATE_QUESTIONS) await answer(gate, question, "No");
  await gate.getByRole("button", { name: "Open the worksheet" }).click();
}
