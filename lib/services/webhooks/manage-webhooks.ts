import { hash, randomUUID } from "node:crypto";
import type { ServiceContext, SignedInContext } from "@/lib/auth/context";
import { inIdentity } from "@/lib/auth/open";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { Failure, fieldProblem, notFound } from "@/lib/contracts/failure";
import type { Collection } from "@/lib/contracts/paging";
import type { ChangeWebhookInput, MakeWebhookInput, WebhookDto, WebhookSecretDto } from "@/lib/contracts/webhooks";
import { type EngagementName, listEngagementNames } from "@/lib/data/engagements";
import {
  type EndpointRow,
  findEndpoint,
  holdEndpoints,
  insertEndpoint,
  listEndpoints,
  markRemoved,
  skipWaiting,
  tryWaitingNow,
  updateEndpoint,
} from "@/lib/data/webhooks";
import type { OrganisationTx } from "@/lib/db/kinds";
import type { EndpointPlace, EndpointValues } from "@/lib/domain/audit/webhook-details";
import { isSame } from "@/lib/domain/same";
import { OVERLAP_MS } from "@/lib/domain/webhooks/schedule";
import type { SecretPlace } from "@/lib/secrets/place";
import { SealBroken } from "@/lib/secrets/seal-broken";
import { addressTrouble, webhookAllowance } from "@/lib/services/webhooks/endpoint-address";
import { newWebhookSecret } from "@/lib/services/webhooks/sign-message";
import { webhookDtos } from "@/lib/services/webhooks/webhook-dto";
import { webhookSecretPlace } from "@/lib/services/webhooks/webhook-secrets";

/** How many endpoints an organisation may have. */
export const MOST_WEBHOOKS = 20;

/** The endpoints of one's own organisation, for its administrators. @throws Failure forbidden */
export function listWebhooks(context: ServiceContext): Promise<Collection<WebhookDto>> {
  return readOrganisation(context, "organisation.accounts", async (tx) => {
    const items = await webhookDtos(tx, await listEndpoints(tx));
    return { total: items.length, items };
  });
}

/** The engagements that an endpoint can be limited to, newest first. @throws Failure forbidden */
export function webhookPlaces(context: ServiceContext): Promise<readonly EngagementName[]> {
  return readOrganisation(context, "organisation.accounts", listEngagementNames);
}

/** One of them. @throws Failure forbidden, not_found */
export function readWebhook(context: ServiceContext, id: string): Promise<WebhookDto> {
  return readOrganisation(context, "organisation.accounts", async (tx) => only(tx, await requireEndpoint(tx, id)));
}

/**
 * Sets an endpoint up. Its secret is in this reply and never again; so the reply is kept for no repeated request either.
 * @throws Failure forbidden, step_up_required, invalid by field, blocked when there are too many
 */
export async function makeWebhook(context: SignedInContext, input: MakeWebhookInput): Promise<WebhookSecretDto> {
  await readOrganisation(context, "organisation.settings", async (tx) => requireRight(context, tx, input));
  const id = randomUUID();
  const secret = newWebhookSecret();
  const sealed = await seal(context, id, "secret", secret);
  return changeOrganisation({ ...context, idempotency: undefined }, "organisation.settings", async (tx) => {
    await holdEndpoints(tx);
    if ((await listEndpoints(tx)).length >= MOST_WEBHOOKS) {
      throw new Failure(
        "blocked",
        `Your organisation has ${MOST_WEBHOOKS} webhooks. Remove one that is not used any more.`,
      );
    }
    const row = await insertEndpoint(tx, id, input, sealed);
    recordInOrganisation(context, tx, {
      action: "webhook.made",
      detail: { webhookId: id, ...valuesOf(row) },
      changes: [{ table: "webhook_endpoint", id }],
    });
    return { ...(await only(tx, row)), secret };
  });
}

/**
 * Changes an endpoint over the version it was read at, or switches it on or off. What waits for one that is switched off
 * is not sent any more, unless a person has it sent again; what waits for one whose address was corrected is sent there at
 * once.
 * @throws Failure forbidden, step_up_required, not_found, invalid by field, stale with what is stored, blocked when it
 * cannot be switched on because its secret does not open
 */
export function changeWebhook(context: ServiceContext, id: string, input: ChangeWebhookInput): Promise<WebhookDto> {
  return changeOrganisation(context, "organisation.settings", async (tx) => {
    const before = await requireEndpoint(tx, id);
    const { version, isOn, ...values } = input;
    await requireRight(context, tx, values, before);
    if (isOn) await requireSecret(context, tx, before);
    if (!(await updateEndpoint(tx, id, version, { ...values, ...switched(before, isOn, tx.now) }))) {
      throw new Failure("stale", "Somebody else changed this webhook.", { current: await only(tx, before) });
    }
    if (before.isOn !== isOn) await skipWaiting(tx, id);
    else if (before.url !== values.url) await tryWaitingNow(tx, id);
    const after = await requireEndpoint(tx, id);
    recordInOrganisation(context, tx, {
      action: "webhook.changed",
      detail: { webhookId: id, ...changesOf(valuesOf(after), valuesOf(before)) },
      changes: [{ table: "webhook_endpoint", id }],
    });
    return only(tx, after);
  });
}

/**
 * Gives an endpoint another secret, shown this one time. The former one signs beside it for a day; the one before that
 * does not any more. One that is off because its secret did not open is switched on by this.
 * @throws Failure forbidden, step_up_required, not_found, stale when two do so at once
 */
export async function rotateWebhookSecret(context: SignedInContext, id: string): Promise<WebhookSecretDto> {
  const { row, former } = await readOrganisation(context, "organisation.settings", async (tx) => {
    const found = await requireEndpoint(tx, id);
    const place = webhookSecretPlace(id, tx.organisationId);
    return { row: found, former: await openOrNull(context, tx, place, found.secret) };
  });
  const secret = newWebhookSecret();
  const sealed = await seal(context, id, "secret", secret);
  const formerSecret = former === null ? null : await seal(context, id, "former_secret", former);
  return changeOrganisation({ ...context, idempotency: undefined }, "organisation.settings", async (tx) => {
    const formerUntil = formerSecret === null ? null : new Date(tx.now.getTime() + OVERLAP_MS);
    const mended = row.offReason === "secret";
    const change = { secret: sealed, formerSecret, formerUntil, ...(mended ? switched(row, true, tx.now) : {}) };
    if (!(await updateEndpoint(tx, id, row.version, change))) {
      throw new Failure("stale", "Somebody else changed this webhook. Please try again.");
    }
    if (mended) await skipWaiting(tx, id);
    recordInOrganisation(context, tx, {
      action: "webhook.secret_rotated",
      detail: { webhookId: id, formerUntil: formerUntil?.toISOString() ?? null, ...(mended ? { isOn: true } : {}) },
      changes: [{ table: "webhook_endpoint", id }],
    });
    return { ...(await only(tx, await requireEndpoint(tx, id))), secret };
  });
}

/**
 * Removes an endpoint with its secret: nothing more is put in line for it or sent, and nobody is shown it any more. What it
 * was told is deleted by the worker. @throws Failure forbidden, step_up_required, not_found
 */
export async function removeWebhook(context: ServiceContext, id: string): Promise<void> {
  await changeOrganisation(context, "organisation.settings", async (tx) => {
    const { url } = await requireEndpoint(tx, id);
    if (!(await markRemoved(tx, id))) throw notFound();
    recordInOrganisation(context, tx, {
      action: "webhook.removed",
      detail: { webhookId: id, ...placeOf(url) },
      changes: [{ table: "webhook_endpoint", id }],
    });
  });
}

/** An endpoint of the transaction's organisation. @throws Failure not_found */
export async function requireEndpoint(tx: OrganisationTx, id: string): Promise<EndpointRow> {
  const row = await findEndpoint(tx, id);
  if (!row) throw notFound();
  return row;
}

async function only(tx: OrganisationTx, row: EndpointRow): Promise<WebhookDto> {
  const [dto] = await webhookDtos(tx, [row]);
  if (!dto) throw notFound();
  return dto;
}

/** A secret that does not open signs nothing any more, and is replaced all the same. */
async function openOrNull(
  context: ServiceContext,
  tx: OrganisationTx,
  place: SecretPlace,
  sealed: string,
): Promise<string | null> {
  try {
    return await context.secrets.unseal(tx, place, sealed);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

/** Apart from the change, because the first seal makes a key, which stands on the service's own chain. */
function seal(context: SignedInContext, id: string, column: "secret" | "former_secret", text: string): Promise<string> {
  const place = webhookSecretPlace(id, context.actor.organisationId, column);
  return inIdentity(context, (tx) => context.secrets.seal(tx, place, text));
}

/** @throws Failure invalid */
async function requireRight(
  context: ServiceContext,
  tx: OrganisationTx,
  input: MakeWebhookInput,
  before?: EndpointRow,
): Promise<void> {
  const trouble = addressTrouble(input.url, webhookAllowance(context.url));
  if (trouble !== null) throw fieldProblem("url", trouble);
  // One that was chosen once may stay, though the engagement may have another assessor now.
  if (input.engagementId === null || input.engagementId === before?.engagementId) return;
  const known = await listEngagementNames(tx);
  if (!known.some(({ id }) => id === input.engagementId)) {
    throw fieldProblem("engagementId", "Choose an engagement of your organisation.");
  }
}

/** One that is off because its secret does not open stays off until it opens again, or is replaced. @throws Failure blocked */
async function requireSecret(context: ServiceContext, tx: OrganisationTx, before: EndpointRow): Promise<void> {
  const { id, offReason, secret } = before;
  if (offReason !== "secret") return;
  if ((await openOrNull(context, tx, webhookSecretPlace(id, tx.organisationId), secret)) !== null) return;
  throw new Failure(
    "blocked",
    "Its secret cannot be opened, so nothing can be signed. Replace the secret: that switches the webhook on.",
  );
}

function switched(before: EndpointRow, isOn: boolean, now: Date) {
  if (before.isOn === isOn) return {};
  return isOn ? ({ isOn, offReason: "", onSince: now } as const) : ({ isOn, offReason: "person" } as const);
}

/** The trail tells no path and no query: many services have a secret there. */
function placeOf(url: string): EndpointPlace {
  return { origin: new URL(url).origin, addressDigest: hash("sha256", url, "hex") };
}

function valuesOf({ url, description, eventTypes, engagementId, isOn }: EndpointRow): EndpointValues {
  return { ...placeOf(url), description, eventTypes, engagementLimit: engagementId, isOn };
}

function changesOf(after: EndpointValues, before: EndpointValues) {
  const names = Object.keys(after) as (keyof EndpointValues)[];
  const changed = names.filter((name) => !isSame(after[name], before[name]));
  const select = (from: EndpointValues) => Object.fromEntries(changed.map((name) => [name, from[name]]));
  return { ...select(after), before: select(before) };
}
