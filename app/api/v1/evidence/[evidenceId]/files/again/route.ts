import { reuseFilesInput } from "@/lib/contracts/evidence";
import { evidenceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { listReusableFiles, reuseFiles } from "@/lib/services/evidence/reuse-files";

export const GET = route({ bearer: "read", params: evidenceParams }, async ({ context, params }) => ({
  items: await listReusableFiles(context, params.evidenceId),
}));

export const POST = route(
  { bearer: "write", versionOf: "evidence", params: evidenceParams, body: reuseFilesInput, status: 201 },
  ({ context, params, body }) => reuseFiles(context, runtime().evidence, params.evidenceId, body),
);
