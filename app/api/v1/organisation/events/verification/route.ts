import { route } from "@/lib/server/route";
import { verifyOrganisationTrail } from "@/lib/services/trail/verify-trail";

export const GET = route({ bearer: "read" }, ({ context }) => verifyOrganisationTrail(context));
