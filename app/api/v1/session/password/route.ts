import { changePasswordInput } from "@/lib/contracts/session";
import { route } from "@/lib/server/route";
import { changePassword } from "@/lib/services/account/change-password";

export const POST = route({ body: changePasswordInput, bucket: "password", status: 204 }, ({ context, body }) =>
  changePassword(context, body),
);
