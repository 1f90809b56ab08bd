import type { OrganisationTx } from "@/lib/db/kinds";

/** Which events of an organisation's chain are wanted. */
export interface SignInPlace {
  readonly logId: string;
  readonly actions: readonly string[];
  /** Events by this person, and by others about this person. */
  readonly personId?: string | undefined;
  /** Calendar days, `YYYY-MM-DD`, in UTC. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A page of events about signing in and accounts, newest first, with one more than asked for when there is one. */
export function listSignIns(tx: OrganisationTx, place: SignInPlace, before: bigint | null, limit: number) {
  const { logId, actions, personId, from, to } = place;
  return tx.db.auditEvent.findMany({
    where: {
      logId,
      action: { in: [...actions] },
      ...(personId ? { OR: [{ actorId: personId }, ...about(personId)] } : {}),
      ...(before === null ? {} : { seq: { lt: before } }),
      at: {
        ...(from ? { gte: new Date(`${from}T00:00:00Z`) } : {}),
        ...(to ? { lt: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000) } : {}),
      },
    },
    orderBy: { seq: "desc" },
    take: limit + 1,
    select: { seq: true, at: true, action: true, actorId: true, payload: true },
  });
}

/** A payload is canonical JSON, so no text in it looks like that. */
function about(personId: string) {
  return ["userId", "personId"].map((name) => ({ payload: { contains: `"${name}":"${personId}"` } }));
}
