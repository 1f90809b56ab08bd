import { jsonLinesResponse } from "@/lib/server/json-lines";
import { route } from "@/lib/server/route";
import { exportOrganisationTrail } from "@/lib/services/trail/export-trail";

export const GET = route({}, async ({ context }) => {
  const { name, lines } = await exportOrganisationTrail(context);
  return jsonLinesResponse(name, lines);
});
