import { noteResponse } from "@/lib/server/note";
import { route } from "@/lib/server/route";
import { readOrganisationNote } from "@/lib/services/trail/checkpoints";

export const GET = route({ bearer: "read" }, async ({ context }) => noteResponse(await readOrganisationNote(context)));
