import { openRecordInput } from "@/lib/contracts/records";
import { dispositionParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { openRecord } from "@/lib/services/records/open-record";

export const POST = route(
  { bearer: "write", versionOf: "worksheet", params: dispositionParams, body: openRecordInput, status: 201 },
  ({ context, params, body }) => openRecord(context, params.dispositionId, body),
);
