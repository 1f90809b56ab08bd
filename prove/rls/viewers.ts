import { randomUUID } from "node:crypto";
import type { Kind } from "@/lib/db/kind-roles";
import type { Stance } from "@/lib/db/stance";
import type { Cast, Company, Play, Player } from "./cast";
import type { Viewer } from "./tables";

type About = Partial<Pick<Viewer, "player" | "company" | "play">>;

/**
 * Everybody as who a transaction may be opened, in every kind; each kind also without any of its settings, and with ids
 * that nobody has. Within an engagement one person of each company looks, of those that have no part in it as well.
 */
export function viewersOf(cast: Cast): Viewer[] {
  const { companies, players, plays } = cast;
  const nobody = { userId: randomUUID(), organisationId: randomUUID(), engagementId: randomUUID() };
  const kinds: Kind[] = ["scoped", "organisation", "identity", "system", "exports", "deliveries", "public"];
  return [
    ...kinds.map((kind) => viewer(`${kind} without settings`, { kind })),
    ...kinds.map((kind) => viewer(`${kind} with ids that nobody has`, { kind, ...nobody })),
    ...players.map((player) => viewer("identity", { ...inCompany(player), kind: "identity" }, { player })),
    ...players.map((player) => viewer("organisation", inCompany(player), { player, company: player.company })),
    ...plays.flatMap((play) =>
      companies.map((company) => {
        const player = oneOf(company, play, players);
        const stance = { ...inCompany(player), kind: "scoped", engagementId: play.id } as const;
        return viewer("scoped", stance, { player, company, play });
      }),
    ),
  ];
}

function inCompany({ id, company }: Player) {
  return { kind: "organisation", userId: id, organisationId: company.id } as const;
}

/** Somebody of a company, who takes part if anybody of it does. */
function oneOf(company: Company, play: Play, players: readonly Player[]): Player {
  const player = play.members.find((one) => one.company === company) ?? players.find((one) => one.company === company);
  if (!player) throw new Error("A company has no people.");
  return player;
}

function viewer(name: string, stance: Stance & { readonly kind: Kind }, about: About = {}): Viewer {
  const { player = null, company = null, play = null } = about;
  return { name, stance, kind: stance.kind, player, company, play };
}
