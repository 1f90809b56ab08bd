import { route } from "@/lib/server/route";
import { readPeople } from "@/lib/services/organisation/list-people";

export const GET = route({}, ({ context }) => readPeople(context));
