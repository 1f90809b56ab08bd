import { z } from "zod";
import { namePasskeyInput } from "@/lib/contracts/factors";
import { uuid } from "@/lib/contracts/text";
import { route } from "@/lib/server/route";
import { namePasskey, removePasskey } from "@/lib/services/account/factors/passkeys";

const params = z.object({ passkeyId: uuid });

export const PATCH = route(
  { params, body: namePasskeyInput, status: 204 },
  ({ context, params: { passkeyId }, body }) => namePasskey(context, passkeyId, body.name),
);

export const DELETE = route({ params, status: 204 }, ({ context, params: { passkeyId } }) =>
  removePasskey(context, passkeyId),
);
