import { SHEET_FORMATS } from "@/lib/contracts/sheet-formats";
import { SHEET_KINDS } from "@/lib/contracts/sheets";
import type { Example } from "./example";
import { freeRow } from "./free-row";

const ENGAGEMENT = "/api/v1/engagements/[engagementId]";

/** The right way to take documents and tables out, and to bring the workbook's table back. */
export const SHEET_EXAMPLES: Readonly<Record<string, Example>> = {
  "GET /api/v1/worksheets/[worksheetId]/docx": { ask: () => ({ query: "paper=Letter" }) },
  [`GET ${ENGAGEMENT}/sheets/[sheet]`]: {
    ask: async (stage, turn) => {
      await stage.stepUp("lead");
      const sheet = SHEET_KINDS[turn % SHEET_KINDS.length] ?? "workbook";
      return { params: { sheet }, query: `format=${SHEET_FORMATS[turn % 2]}` };
    },
  },
  // The body is the file, so what is sent as JSON becomes a table of one line.
  [`POST ${ENGAGEMENT}/sheets/workbook/preview`]: { ask: () => ({ body: { row: 1 } }) },
  [`POST ${ENGAGEMENT}/oscal/preview`]: { ask: () => ({ body: { catalog: {} } }), refusal: "invalid" },
  [`POST ${ENGAGEMENT}/oscal/apply`]: {
    ask: async (stage) => {
      const { id, version } = await freeRow(stage);
      const fix = { disposition: "fix_planned", note: "In May.", fixOwner: "Platform", fixDueOn: "2027-05-31" };
      return { body: { worksheets: [], rows: [{ id, version, ...fix }] } };
    },
  },
  [`POST ${ENGAGEMENT}/sheets/workbook/apply`]: {
    ask: async (stage) => {
      const { id, version } = await freeRow(stage);
      const ownerId = stage.people.contributor.userId;
      return { body: { changes: [{ id, version, note: "Seen in May.", ownerId, dueOn: "2026-11-30" }] } };
    },
  },
};
