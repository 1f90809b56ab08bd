import { route } from "@/lib/server/route";
import { listClaims } from "@/lib/services/catalogue/list-parts";

export const GET = route({ bearer: "read", public: true }, ({ context }) => listClaims(context));
