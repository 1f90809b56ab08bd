import { askPasswordResetInput } from "@/lib/contracts/session";
import { route } from "@/lib/server/route";
import { askPasswordReset } from "@/lib/services/account/reset-password";

export const POST = route({ public: true, body: askPasswordResetInput }, ({ context, body }) =>
  askPasswordReset(context, body.email),
);
