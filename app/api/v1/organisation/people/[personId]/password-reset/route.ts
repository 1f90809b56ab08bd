import { personParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { resetPassword } from "@/lib/services/organisation/reset-password";

export const POST = route({ params: personParams, status: 201 }, ({ context, params }) =>
  resetPassword(context, params.personId),
);
