import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { previewSheet } from "@/lib/services/sheets/preview-sheet";
import { receiveTable } from "@/lib/services/sheets/read-table";

export const POST = route(
  { bearer: "write", params: engagementParams, upload: true },
  async ({ context, params, request }) => {
    const announced = Number(request.headers.get("content-length") ?? Number.NaN);
    const bytes = await receiveTable(request.body, Number.isFinite(announced) ? announced : null);
    return previewSheet(context, params.engagementId, bytes);
  },
);
