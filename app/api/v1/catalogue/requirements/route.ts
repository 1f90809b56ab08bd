import { requirementsQuery } from "@/lib/contracts/catalogue";
import { route } from "@/lib/server/route";
import { listRequirements } from "@/lib/services/catalogue/list-requirements";

export const GET = route({ bearer: "read", public: true, query: requirementsQuery }, ({ context, query }) =>
  listRequirements(context, query),
);
