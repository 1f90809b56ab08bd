import { catalogOscalParams } from "@/lib/contracts/oscal";
import { oscalResponse } from "@/lib/server/oscal-response";
import { route } from "@/lib/server/route";
import { oscalCatalog } from "@/lib/services/catalogue/oscal-catalogue";

export const GET = route({ bearer: "read", public: true, params: catalogOscalParams }, async ({ context, params }) =>
  oscalResponse(await oscalCatalog(context, params.version)),
);
