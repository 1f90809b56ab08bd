import { makeServiceAccountInput } from "@/lib/contracts/service-accounts";
import { route } from "@/lib/server/route";
import { makeServiceAccount, readServiceAccounts } from "@/lib/services/organisation/service-accounts";

export const GET = route({}, ({ context }) => readServiceAccounts(context));

export const POST = route(
  { versionOf: "serviceAccount", body: makeServiceAccountInput, status: 201 },
  ({ context, body }) => makeServiceAccount(context, body),
);
