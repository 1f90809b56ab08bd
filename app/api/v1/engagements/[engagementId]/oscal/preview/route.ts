import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { previewPlan } from "@/lib/services/oscal/preview-plan";
import { receivePlan } from "@/lib/services/oscal/read-book";

export const POST = route(
  { bearer: "write", params: engagementParams, upload: true },
  async ({ context, params, request }) => {
    const announced = Number(request.headers.get("content-length") ?? Number.NaN);
    const bytes = await receivePlan(request.body, Number.isFinite(announced) ? announced : null);
    return previewPlan(context, params.engagementId, bytes, request.signal);
  },
);
