import { noteResponse } from "@/lib/server/note";
import { engagementParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { readEngagementNote } from "@/lib/services/trail/checkpoints";

export const GET = route({ bearer: "read", params: engagementParams }, async ({ context, params }) =>
  noteResponse(await readEngagementNote(context, params.engagementId)),
);
