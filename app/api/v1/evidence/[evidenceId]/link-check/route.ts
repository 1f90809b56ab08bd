import { evidenceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { runtime } from "@/lib/server/runtime";
import { checkLink } from "@/lib/services/evidence/check-link";

export const POST = route({ bearer: "write", versionOf: "evidence", params: evidenceParams }, ({ context, params }) =>
  checkLink(context, runtime().evidence, params.evidenceId),
);
