import { uploadQuery } from "@/lib/contracts/evidence";
import { evidenceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { uploadFile } from "@/lib/services/evidence/upload-file";

export const POST = route(
  { bearer: "write", versionOf: "evidence", params: evidenceParams, query: uploadQuery, upload: true, status: 201 },
  ({ context, params, query, request }) => {
    const announced = Number(request.headers.get("content-length") ?? Number.NaN);
    return uploadFile(context, runtime().evidence, params.evidenceId, {
      name: query.name,
      body: request.body,
      announced: Number.isFinite(announced) ? announced : null,
      acknowledgeCardNumber: query.acknowledgeCardNumber === "1",
    });
  },
);
