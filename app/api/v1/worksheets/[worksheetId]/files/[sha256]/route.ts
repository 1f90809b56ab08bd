import { fileResponse } from "@/lib/server/file-response";
import { worksheetFileParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { downloadFile } from "@/lib/services/evidence/download-file";

export const GET = route({ bearer: "read", params: worksheetFileParams }, async ({ context, params }) =>
  fileResponse(await downloadFile(context, runtime().evidence, params.worksheetId, params.sha256)),
);
