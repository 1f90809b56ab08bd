import { stepUp } from "@/lib/auth/step-up";
import { stepUpInput } from "@/lib/contracts/factors";
import { route } from "@/lib/server/route";
import { sessionReply } from "@/lib/server/session-reply";

export const POST = route({ body: stepUpInput, bucket: "password" }, async ({ context, body }) => {
  const { token, until } = await stepUp(context, body);
  return sessionReply(token, { steppedUpUntil: until.toISOString() });
});
