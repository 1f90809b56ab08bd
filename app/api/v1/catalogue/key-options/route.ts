import { route } from "@/lib/server/route";
import { listKeyOptions } from "@/lib/services/catalogue/list-parts";

export const GET = route({ public: true }, ({ context }) => listKeyOptions(context));
