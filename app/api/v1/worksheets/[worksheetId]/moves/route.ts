import { moveInput } from "@/lib/contracts/review";
import { worksheetParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { makeMove } from "@/lib/services/review/make-move";

export const POST = route(
  { bearer: "write", versionOf: "worksheet", params: worksheetParams, body: moveInput },
  ({ context, params, body }) => makeMove(context, params.worksheetId, body),
);
