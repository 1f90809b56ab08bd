import { openWorksheetInput } from "@/lib/contracts/rigour";
import { dispositionParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { openWorksheet } from "@/lib/services/worksheet/open-worksheet";

export const POST = route(
  { bearer: "write", versionOf: "worksheet", params: dispositionParams, body: openWorksheetInput, status: 201 },
  ({ context, params, body }) => openWorksheet(context, params.dispositionId, body),
);
