import { applySheetInput } from "@/lib/contracts/sheets";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { applySheet } from "@/lib/services/sheets/apply-sheet";

/** Four hundred rows with a long note each. */
const LIMIT = 8_000_000;

export const POST = route(
  { bearer: "write", params: engagementParams, body: applySheetInput, limit: LIMIT },
  ({ context, params, body }) => applySheet(context, params.engagementId, body),
);
