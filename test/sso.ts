import type { ChangeSsoInput, SsoDto } from "@/lib/contracts/single-sign-on";
import { changeSso, readSso } from "@/lib/services/organisation/single-sign-on";
import type { OidcPeer } from "@/test/oidc-peer";
import type { World } from "@/test/world";

/** A single sign-on that is right for the entity's people, switched on, and its administrator the one to break the glass. */
export function rightSso(world: World, peer: OidcPeer): Omit<ChangeSsoInput, "version"> {
  return {
    issuer: peer.issuer,
    clientId: peer.clientId,
    clientSecret: peer.clientSecret,
    domains: ["entity.example"],
    acceptedAmr: [],
    acceptedAcr: [],
    justInTime: false,
    breakGlassUserId: world.userId("admin"),
    enabled: true,
  };
}

/** Sets the entity's single sign-on, over what is stored. */
export async function setSso(world: World, peer: OidcPeer, values: Partial<ChangeSsoInput> = {}): Promise<SsoDto> {
  const admin = await world.steppedUp("admin");
  const { version } = await readSso(admin);
  return changeSso(admin, { ...rightSso(world, peer), version, ...values });
}
