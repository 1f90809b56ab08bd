import { route } from "@/lib/server/route";
import { readPeople } from "@/lib/services/organisation/list-people";

export const GET = route({ bearer: "read" }, ({ context }) => readPeople(context));
