import { evidenceFileParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { removeFile } from "@/lib/services/evidence/remove-file";

export const DELETE = route(
  { bearer: "write", versionOf: "evidence", params: evidenceFileParams },
  ({ context, params }) => removeFile(context, params.evidenceId, params.fileId),
);
