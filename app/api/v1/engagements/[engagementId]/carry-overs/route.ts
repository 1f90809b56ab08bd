import { carryOverInput, carrySourcesQuery } from "@/lib/contracts/carry-over";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { carryOverWorksheet } from "@/lib/services/carry-over/carry-over-worksheet";
import { listCarrySources } from "@/lib/services/carry-over/list-carry-sources";

export const GET = route(
  { bearer: "read", params: engagementParams, query: carrySourcesQuery },
  ({ context, params, query }) => listCarrySources(context, params.engagementId, query.number),
);

export const POST = route(
  { bearer: "write", versionOf: "worksheet", params: engagementParams, body: carryOverInput, status: 201 },
  ({ context, params, body }) => carryOverWorksheet(context, params.engagementId, body),
);
