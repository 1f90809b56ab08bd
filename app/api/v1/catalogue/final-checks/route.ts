import { route } from "@/lib/server/route";
import { listFinalChecks } from "@/lib/services/catalogue/list-parts";

export const GET = route({ bearer: "read", public: true }, ({ context }) => listFinalChecks(context));
