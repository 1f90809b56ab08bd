import { organisationTrailQuery } from "@/lib/contracts/trail";
import { route } from "@/lib/server/route";
import { readOrganisationTrail } from "@/lib/services/trail/read-trail";

export const GET = route({ bearer: "read", query: organisationTrailQuery }, ({ context, query }) =>
  readOrganisationTrail(context, query),
);
