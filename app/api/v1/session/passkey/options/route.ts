import { passkeyRequest } from "@/lib/auth/factors/passkey";
import { route } from "@/lib/server/route";

export const POST = route({ public: true }, ({ context }) => passkeyRequest(context, "sign_in", null));
