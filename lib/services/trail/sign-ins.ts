import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { organisationLog } from "@/lib/auth/events";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import type { Page } from "@/lib/contracts/paging";
import type { OwnSignInsQuery, SignInDto, SignInsQuery } from "@/lib/contracts/sign-ins";
import { namesOf, personRef } from "@/lib/data/people";
import { listSignIns } from "@/lib/data/sign-ins";
import type { OrganisationTx } from "@/lib/db/kinds";
import { describeEvent, peopleIn } from "@/lib/domain/audit/describe";
import { NO_DOCUMENT } from "@/lib/domain/audit/describe-words";
import { signInActions, signInKindOf } from "@/lib/domain/audit/sign-in-kinds";
import { readCursor } from "@/lib/services/trail/cursor";

/** What happened around signing in to one's own organisation, newest first. Looking at it is an event, as for the trail. */
export function readSignIns(context: ServiceContext, query: SignInsQuery): Promise<Page<SignInDto>> {
  return changeOrganisation(context, "organisation.trail", async (tx) => {
    const page = await readPage(tx, query);
    recordInOrganisation(context, tx, { action: "trail.viewed", detail: { ...query, what: "sign-ins" } });
    return page;
  });
}

/** What happened around one's own signing in, newest first. */
export function readOwnSignIns(context: ServiceContext, query: OwnSignInsQuery): Promise<Page<SignInDto>> {
  const personId = requireActor(context).userId;
  return readOrganisation(context, "organisation.read", (tx) => readPage(tx, { ...query, personId }));
}

async function readPage(tx: OrganisationTx, query: SignInsQuery): Promise<Page<SignInDto>> {
  const { kind = null, personId, from, to, cursor, limit } = query;
  const place = { logId: organisationLog(tx.organisationId), actions: signInActions(kind), personId, from, to };
  const rows = await listSignIns(tx, place, readCursor(cursor), limit);
  const shown = rows.slice(0, limit).map((row) => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
  const names = await namesOf(
    tx,
    shown.flatMap(({ actorId, payload }) => [actorId, ...peopleIn(payload)]),
  );
  const person = (id: string) => personRef(names, id).name;
  return {
    items: shown.flatMap(({ seq, at, action, actorId, payload }): SignInDto[] => {
      const found = signInKindOf(action);
      if (!found) return [];
      return [
        {
          seq: Number(seq),
          at: at.toISOString(),
          kind: found,
          actor: (actorId && names.get(actorId)) || null,
          sentence: describeEvent(payload, { person, ...NO_DOCUMENT }),
          address: addressIn(payload),
        },
      ];
    }),
    nextCursor: rows.length > limit ? String(shown.at(-1)?.seq) : null,
  };
}

/** The network address that an event names, where it names one. */
function addressIn(payload: unknown): string | null {
  const { origin } = payload as { readonly origin?: { readonly address?: unknown } };
  return typeof origin?.address === "string" && origin.address !== "unknown" ? origin.address : null;
}
