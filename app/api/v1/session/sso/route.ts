import { findSsoInput } from "@/lib/contracts/single-sign-on";
import { route } from "@/lib/server/route";
import { findSsoPlace } from "@/lib/services/account/find-sso";

export const POST = route({ public: true, body: findSsoInput }, ({ context, body }) =>
  findSsoPlace(context, body.email),
);
