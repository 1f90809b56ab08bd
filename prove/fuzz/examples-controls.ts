import { randomUUID } from "node:crypto";
import type { ControlDetailDto } from "@/lib/contracts/controls";
import { UUIDS } from "@/test/fixtures/passing-worksheet";
import { must, saveSection, submittableOf } from "../support/workbook";
import type { Asked, Example } from "./example";
import type { Stage } from "./stage";

const ITEM = "/api/v1/worksheets/[worksheetId]/controls/[itemId]";
const text = (title: string) => ({
  ...{ title, description: "It pages somebody.", nature: "detective", owner: "Operations", changedOn: "2026-10-01" },
  evidence: [
    {
      ...{ id: randomUUID(), title: "Drill", url: "https://example.com/drill", shows: "It works.", files: [] },
      ...{ collectedOn: "2026-11-01", validUntil: null },
    },
  ],
});

async function changed(stage: Stage): Promise<Asked> {
  const address = `/api/v1/engagements/${stage.engagementId}/controls`;
  const made = must<ControlDetailDto>(await stage.client("lead").send("POST", address, { body: text("To change") }));
  const { id, version } = made.control;
  return { params: { controlId: id }, body: { ...text("Changed"), version, retired: true } };
}

/** A control that its worksheet has for itself. */
async function own(stage: Stage) {
  const { id: worksheetId, sections } = await stage.inWriting();
  const key = "definition";
  const content = submittableOf(key, "Written for the fuzz.");
  must(await saveSection(stage.client("lead"), { worksheetId, key }, sections?.[key]?.version ?? 0, content));
  return { worksheetId, itemId: UUIDS.c1 };
}

/** The right way to keep the register of controls. */
export const CONTROL_EXAMPLES: Readonly<Record<string, Example>> = {
  "POST /api/v1/engagements/[engagementId]/controls": { ask: () => ({ body: text("Added") }) },
  "PUT /api/v1/controls/[controlId]": { ask: changed },
  [`POST ${ITEM}/share`]: { ask: async (stage) => ({ params: await own(stage), body: {} }) },
  [`POST ${ITEM}/take-over`]: {
    ask: async (stage) => ({ params: await own(stage), body: {} }),
    refusal: "not_found",
  },
};
