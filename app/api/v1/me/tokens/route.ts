import { makeTokenInput } from "@/lib/contracts/api-tokens";
import { route } from "@/lib/server/route";
import { listOwnTokens, makeToken } from "@/lib/services/account/own-tokens";

export const GET = route({}, ({ context }) => listOwnTokens(context));

export const POST = route({ body: makeTokenInput, status: 201 }, ({ context, body }) => makeToken(context, body));
