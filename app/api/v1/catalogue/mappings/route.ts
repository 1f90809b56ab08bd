import { route } from "@/lib/server/route";
import { listMappings } from "@/lib/services/catalogue/list-parts";

export const GET = route({ bearer: "read", public: true }, ({ context }) => listMappings(context));
