import type { CriteriaDto } from "@/lib/contracts/criteria";
import { must } from "../support/workbook";
import type { Asked, Example } from "./example";
import type { Stage } from "./stage";

const WORKSHEET = "/api/v1/worksheets/[worksheetId]";

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

/** What is asked of the gate, of the rules' warnings and of the criteria. */
export const RIGOUR_EXAMPLES: Readonly<Record<string, Example>> = {
  [`PUT ${WORKSHEET}/eligibility`]: {
    ask: async (stage) => ({
      params: { worksheetId: (await stage.inWriting()).id },
      body: {
        missedActivity: false,
        storedSad: null,
        legalBar: false,
        switchable: true,
        whyNotSwitchedOn: "It is sealed.",
      },
    }),
  },
  [`PUT ${WORKSHEET}/warnings`]: {
    ask: async (stage) => ({
      params: { worksheetId: (await stage.inWriting()).id },
      body: { key: "L18:none", reason: "There is none." },
    }),
    refusal: "invalid",
  },
  [`GET ${WORKSHEET}/criteria`]: {
    ask: async (stage) => ({ by: "qsa", params: { worksheetId: (await stage.inReview()).id }, query: "revision=1" }),
  },
  [`PUT ${WORKSHEET}/criteria/[criterion]`]: { ask: findingOf },
};
