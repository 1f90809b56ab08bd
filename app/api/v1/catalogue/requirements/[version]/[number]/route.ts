import { requirementParams } from "@/lib/contracts/catalogue";
import { route } from "@/lib/server/route";
import { readRequirement } from "@/lib/services/catalogue/read-requirement";

export const GET = route({ bearer: "read", public: true, params: requirementParams }, ({ context, params }) =>
  readRequirement(context, params),
);
