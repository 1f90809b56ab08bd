import { applyPlanInput } from "@/lib/contracts/oscal-import";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { applyPlan } from "@/lib/services/oscal/apply-plan";

/** As much as a plan that is taken in, and what JSON adds. */
const LIMIT = 12_000_000;

export const POST = route(
  { bearer: "write", params: engagementParams, body: applyPlanInput, limit: LIMIT },
  ({ context, params, body }) => applyPlan(context, params.engagementId, body),
);
