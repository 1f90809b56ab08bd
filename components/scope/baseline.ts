import type { ScopeAnswers } from "@/lib/domain/scope/answers";

/** The answers as they were when one began to change them, so that the result can say what changed. Kept for the tab. */
const nameOf = (engagementId: string) => `countervail.scope.${engagementId}`;

/** Keeps the answers unless some are kept already. */
export function keepBaseline(engagementId: string, answers: ScopeAnswers): void {
  try {
    if (sessionStorage.getItem(nameOf(engagementId)) === null) {
      sessionStorage.setItem(nameOf(engagementId), JSON.stringify(answers));
    }
  } catch {
    // Without storage the result page only shows no differences.
  }
}

/** The answers that were kept, or null. */
export function readBaseline(engagementId: string): ScopeAnswers | null {
  try {
    const text = sessionStorage.getItem(nameOf(engagementId));
    return text === null ? null : (JSON.parse(text) as ScopeAnswers);
  } catch {
    return null;
  }
}

/** Forgets them: the differences were seen. */
export function dropBaseline(engagementId: string): void {
  try {
    sessionStorage.removeItem(nameOf(engagementId));
  } catch {
    // Nothing was kept then.
  }
}
