import { OPENING } from "@/test/fixtures/gate-answers";
import { HIDDEN, inWorlds, type Line } from "./line";
import { sheetOf } from "./lines-worksheets";

const CARRY_OVERS = "/api/v1/engagements/[engagementId]/carry-overs";

/** What is carried over from 3.2.1, and read as 3.2.1. No engagement of the matrix is one of 3.2.1, so whoever may is told so. */
export const CARRY_OVER_LINES: readonly Line[] = [
  { handler: `GET ${CARRY_OVERS}`, may: "disposition.add", on: "engagement" },
  {
    handler: `POST ${CARRY_OVERS}`,
    may: "disposition.add",
    on: "engagement",
    only: inWorlds("assessed", "self_assessed"),
    asks: ({ stage, spot: { world } }) => {
      const sheet = stage.spots.find((one) => one.kind === "worksheet" && one.world === world);
      const worksheetId = sheet?.params.worksheetId ?? "";
      return { body: { worksheetId, requirementNumber: "8.3.4", ...OPENING } };
    },
    success: 422,
  },
  {
    handler: "GET /api/v1/worksheets/[worksheetId]/legacy",
    may: "worksheet.read",
    on: "worksheet",
    asks: () => ({ query: "revision=1" }),
    except: ({ spot }) => (sheetOf(spot).submitted ? null : HIDDEN),
    shows: () => 1,
  },
];
