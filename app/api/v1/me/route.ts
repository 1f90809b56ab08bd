import { route } from "@/lib/server/route";
import { readMe } from "@/lib/services/account/read-me";

export const GET = route({ bearer: "read" }, ({ context }) => readMe(context));
