import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { LET_THROUGH, OPENING } from "@/test/fixtures/gate-answers";
import { must, settings } from "../support/workbook";
import type { Example } from "./example";
import type { Stage } from "./stage";

const CARRY_OVERS = "/api/v1/engagements/[engagementId]/carry-overs";
const sources = new WeakMap<Stage, Promise<string>>();

/** A worksheet of 3.2.1, made when it is asked for the first time. @returns its id */
function sourceOf(stage: Stage): Promise<string> {
  const known = sources.get(stage) ?? makeSource(stage);
  sources.set(stage, known);
  return known;
}

async function makeSource(stage: Stage): Promise<string> {
  const lead = stage.client("lead");
  const body = { ...settings("Fuzz before"), standardVersion: "3.2.1" };
  const { id } = must<{ id: string }>(await lead.send("POST", "/api/v1/engagements", { body }));
  const rows = must<{ items: readonly { id: string }[] }>(
    await lead.send("POST", `/api/v1/engagements/${id}/dispositions`, { body: { requirementNumbers: ["2.3"] } }),
  );
  const address = `/api/v1/dispositions/${rows.items[0]?.id}/worksheet`;
  return must<WorksheetDto>(await lead.send("POST", address, { body: OPENING })).id;
}

/** What is asked about carrying over from 3.2.1, and reading as 3.2.1. It succeeds once for a number. */
export const CARRY_OVER_EXAMPLES: Readonly<Record<string, Example>> = {
  [`GET ${CARRY_OVERS}`]: { ask: () => ({ query: "number=2.2.7" }) },
  [`POST ${CARRY_OVERS}`]: {
    ask: async (stage) => ({
      body: {
        worksheetId: await sourceOf(stage),
        requirementNumber: "2.2.7",
        eligibility: LET_THROUGH,
        acknowledgeCardNumber: true,
      },
    }),
    refusal: "already_exists",
  },
  "GET /api/v1/worksheets/[worksheetId]/legacy": {
    ask: async (stage) => ({ params: { worksheetId: (await stage.inReview()).id }, query: "revision=1" }),
  },
};
