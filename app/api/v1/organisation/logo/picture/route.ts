import { madeFileResponse } from "@/lib/server/made-file";
import { route } from "@/lib/server/route";
import { readOwnLogoFile } from "@/lib/services/organisation/logo";

export const GET = route({}, async ({ context }) => madeFileResponse(await readOwnLogoFile(context)));
