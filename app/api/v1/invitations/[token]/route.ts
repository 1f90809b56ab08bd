import { z } from "zod";
import { text } from "@/lib/contracts/text";
import { route } from "@/lib/server/route";
import { readInvitation } from "@/lib/services/account/accept-invitation";

export const GET = route(
  { public: true, bucket: "invitation", params: z.object({ token: text(200) }) },
  ({ context, params }) => readInvitation(context, params.token),
);
