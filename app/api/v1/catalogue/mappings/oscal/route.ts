import { oscalResponse } from "@/lib/server/oscal-response";
import { route } from "@/lib/server/route";
import { oscalMapping } from "@/lib/services/catalogue/oscal-catalogue";

export const GET = route({ bearer: "read", public: true }, async ({ context }) =>
  oscalResponse(await oscalMapping(context)),
);
