import { route } from "@/lib/server/route";
import { renewRecoveryCodes } from "@/lib/services/account/factors/recovery-codes";

export const POST = route({ status: 201 }, async ({ context }) => ({
  recoveryCodes: await renewRecoveryCodes(context),
}));
