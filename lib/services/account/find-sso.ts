import type { ServiceContext } from "@/lib/auth/context";
import { asNobody, inIdentity } from "@/lib/auth/open";
import { Failure } from "@/lib/contracts/failure";
import type { SsoPlaceDto } from "@/lib/contracts/single-sign-on";
import { connectionOfDomain } from "@/lib/data/single-sign-on";
import { domainOf } from "@/lib/domain/security/single-sign-on";

/**
 * Where the people of an address's domain sign in. It goes by the domain alone and tells nothing of accounts.
 * @throws Failure not_found
 */
export async function findSsoPlace(context: ServiceContext, email: string): Promise<SsoPlaceDto> {
  const connectionId = await inIdentity(asNobody(context), (tx) => connectionOfDomain(tx, domainOf(email)));
  if (connectionId) return { connectionId };
  throw new Failure(
    "not_found",
    "No single sign-on is set up for this address. Sign in with your password or a passkey.",
  );
}
