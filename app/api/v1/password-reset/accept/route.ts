import { acceptPasswordResetInput } from "@/lib/contracts/session";
import { route } from "@/lib/server/route";
import { acceptPasswordReset } from "@/lib/services/account/reset-password";

export const POST = route({ public: true, body: acceptPasswordResetInput, status: 204 }, ({ context, body }) =>
  acceptPasswordReset(context, body),
);
