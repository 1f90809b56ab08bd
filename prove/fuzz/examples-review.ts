import type { CriteriaDto } from "@/lib/contracts/criteria";
import type { StatementDto } from "@/lib/contracts/review";
import { meetCriteria } from "../support/criteria";
import { must } from "../support/workbook";
import type { Asked, Example } from "./example";
import type { Stage } from "./stage";

const WORKSHEET = "/api/v1/worksheets/[worksheetId]";

async function moveOf(stage: Stage, turn: number): Promise<Asked> {
  const reason = "Because of what was found.";
  if (turn % 2 === 0) {
    const { id } = await stage.inReview();
    return { by: "qsa", params: { worksheetId: id }, body: { move: "request_changes", reason } };
  }
  const { id } = await stage.inWriting();
  return { params: { worksheetId: id }, body: { move: turn % 4 === 1 ? "withdraw" : "submit", reason } };
}

/** Whether it is met is asked and found by turns. */
async function findingOf(stage: Stage, turn: number): Promise<Asked> {
  const { id } = await stage.inReview();
  const address = `/api/v1/worksheets/${id}/criteria`;
  const { digest, criteria } = must<CriteriaDto>(await stage.client("qsa").send("GET", address));
  const baseVersion = criteria.find((one) => one.id === "beyond")?.decision?.version ?? 0;
  const found =
    turn % 2 === 0 ? { outcome: "met", note: "" } : { outcome: "question", note: "Where does C2 come from?" };
  const body = { kind: "decision", digest, baseVersion, ...found };
  return { by: "qsa", params: { worksheetId: id, criterion: "beyond" }, body };
}

async function decisionOf(stage: Stage, turn: number): Promise<Asked> {
  const { id } = await stage.inReview();
  const address = `/api/v1/worksheets/${id}/sign-off/statement`;
  await meetCriteria(stage.client("qsa"), id);
  const { digest, statementVersion } = must<StatementDto>(await stage.client("qsa").send("GET", address));
  await stage.stepUp("qsa");
  const body =
    turn % 2 === 0 ? { kind: "sign", digest, statementVersion } : { kind: "refuse", digest, reason: "Not in place." };
  return { by: "qsa", params: { worksheetId: id }, body };
}

/** The right way to move, judge and decide on worksheets. */
export const REVIEW_EXAMPLES: Readonly<Record<string, Example>> = {
  [`POST ${WORKSHEET}/moves`]: { ask: moveOf },
  [`GET ${WORKSHEET}/criteria`]: {
    ask: async (stage) => ({ by: "qsa", params: { worksheetId: (await stage.inReview()).id }, query: "revision=1" }),
  },
  [`GET ${WORKSHEET}/rigour`]: {
    ask: async (stage) => ({ by: "qsa", params: { worksheetId: (await stage.inReview()).id }, query: "revision=1" }),
  },
  [`PUT ${WORKSHEET}/criteria/[criterion]`]: { ask: findingOf },
  [`POST ${WORKSHEET}/sign-off`]: { ask: decisionOf },
  [`GET ${WORKSHEET}/sign-off/statement`]: {
    ask: async (stage) => ({ by: "qsa", params: { worksheetId: (await stage.inReview()).id } }),
  },
  [`POST ${WORKSHEET}/sign-off/statement`]: {
    ask: async (stage, turn) => {
      const { id } = await stage.inReview();
      await meetCriteria(stage.client("qsa"), id);
      const body = { kind: turn % 2 === 0 ? "sign" : "refuse", reason: "Not in place.", passkey: false };
      return { by: "qsa", params: { worksheetId: id }, body };
    },
  },
};
