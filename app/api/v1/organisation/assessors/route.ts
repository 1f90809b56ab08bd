import { route } from "@/lib/server/route";
import { readAssessors } from "@/lib/services/organisation/list-people";

export const GET = route({}, ({ context }) => readAssessors(context));
