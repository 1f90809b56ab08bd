import { signOffInput } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { signOff } from "@/lib/services/review/sign-off";

export const POST = route(
  { versionOf: "worksheet", params: worksheetParams, body: signOffInput },
  ({ context, params, body }) => signOff(context, params.worksheetId, body),
);
