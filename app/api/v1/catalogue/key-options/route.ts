import { route } from "@/lib/server/route";
import { listKeyOptions } from "@/lib/services/catalogue/list-parts";

export const GET = route({ bearer: "read", public: true }, ({ context }) => listKeyOptions(context));
