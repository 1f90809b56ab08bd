import { stepUp } from "@/lib/auth/session";
import { stepUpInput } from "@/lib/contracts/session";
import { route } from "@/lib/server/route";

export const POST = route({ body: stepUpInput, bucket: "password" }, async ({ context, body }) => ({
  steppedUpUntil: (await stepUp(context, body.password)).toISOString(),
}));
