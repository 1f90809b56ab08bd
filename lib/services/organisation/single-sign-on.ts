import type { ServiceContext } from "@/lib/auth/context";
import { requireActor } from "@/lib/auth/context";
import { amongAccounts, inIdentity } from "@/lib/auth/open";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { clientSecretPlace } from "@/lib/auth/sso/connection";
import { ProviderTrouble, readProvider } from "@/lib/auth/sso/provider";
import { Failure, fieldProblem } from "@/lib/contracts/failure";
import type { FieldError } from "@/lib/contracts/problem";
import type { Actor } from "@/lib/contracts/request-context";
import type { ChangeSsoInput, SsoCheckDto, SsoDto } from "@/lib/contracts/single-sign-on";
import { holdAdministrators, listAccounts } from "@/lib/data/accounts";
import { namesOf, personRef } from "@/lib/data/people";
import {
  deleteIdentities,
  domainsOfPeople,
  domainsTaken,
  holdDomains,
  readConnection,
  type SsoConnectionRow,
  saveConnection,
} from "@/lib/data/single-sign-on";
import type { OrganisationTx } from "@/lib/db/kinds";
import type { SsoDetail } from "@/lib/domain/audit/sign-in-details";
import { isSame } from "@/lib/domain/same";

/** The single sign-on of one's own organisation, for its administrators. @throws Failure forbidden */
export function readSso(context: ServiceContext): Promise<SsoDto> {
  return readOrganisation(context, "organisation.accounts", (tx) => ssoDto(context, tx));
}

/** Looks at an identity provider's discovery document. @throws Failure forbidden, step_up_required */
export async function checkSso(context: ServiceContext, issuer: string): Promise<SsoCheckDto> {
  await readOrganisation(context, "organisation.settings", async () => undefined);
  return { problem: await problemWith(context, issuer) };
}

/**
 * Changes the single sign-on of one's own organisation. What is switched on has to be able to work, and leaves one
 * administrator a way around the identity provider.
 * @throws Failure forbidden, step_up_required, invalid by field, stale with what is stored
 */
export async function changeSso(context: ServiceContext, input: ChangeSsoInput): Promise<SsoDto> {
  // Whoever has no right to this makes the service ask nobody.
  await readOrganisation(context, "organisation.settings", async () => undefined);
  const problem = input.enabled ? await problemWith(context, input.issuer) : null;
  if (problem !== null) throw fieldProblem("issuer", problem);
  const { version, clientSecret, ...values } = input;
  const id = connectionIdOf(requireActor(context));
  const place = clientSecretPlace(id, requireActor(context).organisationId);
  // Apart, because the first seal makes a key, which stands on the service's own chain.
  const sealed = clientSecret ? await inIdentity(context, (tx) => context.secrets.seal(tx, place, clientSecret)) : null;
  return changeOrganisation(context, "organisation.settings", async (tx) => {
    await holdAdministrators(tx);
    const before = await readConnection(tx);
    await requireRight(tx, id, input, before);
    const current = () => ssoDto(context, tx);
    const saved = { ...values, clientSecret: sealed ?? before?.clientSecret ?? "" };
    if (!(await saveConnection(tx, id, version, saved))) {
      throw new Failure("stale", "Somebody else changed the single sign-on.", { current: await current() });
    }
    // Subjects are the provider's: another provider may give the same one to somebody else.
    const forgotten = before && hasMoved(before, input) ? await deleteIdentities(tx, id) : [];
    recordInOrganisation(context, tx, {
      action: "sso.changed",
      detail: {
        version: version + 1,
        ...changesOf(values, before),
        ...(clientSecret ? { secretChanged: true } : {}),
      },
      changes: [{ table: "sso_connection", id }, ...forgotten.map((one) => ({ table: "sso_identity", id: one }))],
    });
    return current();
  });
}

function hasMoved(before: SsoConnectionRow, { issuer, clientId }: ChangeSsoInput): boolean {
  return before.issuer !== issuer || before.clientId !== clientId;
}

/** An organisation has one connection, whose id is its own: the redirect URI is known before anything is saved. */
function connectionIdOf({ organisationId }: Actor): string {
  return organisationId;
}

async function problemWith(context: ServiceContext, issuer: string): Promise<string | null> {
  try {
    await readProvider(issuer, context.url);
    return null;
  } catch (error) {
    if (error instanceof ProviderTrouble) return error.message;
    throw error;
  }
}

/** @throws Failure invalid, naming each field */
async function requireRight(
  tx: OrganisationTx,
  id: string,
  input: ChangeSsoInput,
  before: SsoConnectionRow | null,
): Promise<void> {
  const errors: FieldError[] = [];
  const complain = (path: string, message: string) => errors.push({ path, message });
  if (!input.clientSecret && !before) complain("clientSecret", "Please fill this in.");
  // A secret that is stored goes to no other provider than the one it was entered for.
  if (!input.clientSecret && before && hasMoved(before, input)) {
    complain("clientSecret", "Issuer or client are others now. Enter the secret that belongs to them.");
  }
  await holdDomains(tx);
  const own = await domainsOfPeople(tx);
  const foreign = input.domains.filter((domain) => !own.has(domain));
  const taken = await amongAccounts(tx, (accounts) => domainsTaken(accounts, input.domains, id));
  if (foreign.length > 0) {
    complain("domains", `Nobody of your organisation has an address of ${foreign.join(", ")}. Invite somebody first.`);
  } else if (taken.length > 0) {
    complain("domains", `Another organisation signs in with ${taken.join(", ")}.`);
  } else if (input.enabled && input.domains.length === 0) {
    complain("domains", "Name at least one domain, or nobody could sign in.");
  }
  const person = (await administrators(tx)).find((one) => one.id === input.breakGlassUserId);
  if (input.breakGlassUserId !== null && !person) {
    complain("breakGlassUserId", "Choose an administrator of your organisation.");
  } else if (input.enabled && !person?.ready) {
    complain("breakGlassUserId", "Choose an administrator who has a password and a second factor here.");
  }
  if (errors.length > 0) throw new Failure("invalid", "Some fields need attention.", { errors });
}

async function administrators(tx: OrganisationTx): Promise<SsoDto["administrators"]> {
  const accounts = await listAccounts(tx);
  return accounts
    .filter(({ role, disabled }) => role === "admin" && !disabled)
    .map(({ userId, name, hasPassword, passwordEnded, secondFactor }) => ({
      id: userId,
      name,
      ready: hasPassword && !passwordEnded && secondFactor,
    }));
}

/** The values that changed, with what they were. */
function changesOf(values: SsoDetail, before: SsoConnectionRow | null) {
  const names = Object.keys(values) as (keyof SsoDetail)[];
  const changed = names.filter((name) => before === null || !isSame(values[name], before[name]));
  const select = (from: SsoDetail | null) => Object.fromEntries(from ? changed.map((name) => [name, from[name]]) : []);
  return { ...select(values), before: select(before) };
}

async function ssoDto(context: ServiceContext, tx: OrganisationTx): Promise<SsoDto> {
  const row = await readConnection(tx);
  return {
    version: row?.version ?? 0,
    issuer: row?.issuer ?? "",
    clientId: row?.clientId ?? "",
    hasSecret: row !== null,
    domains: row?.domains ?? [],
    acceptedAmr: row?.acceptedAmr ?? [],
    acceptedAcr: row?.acceptedAcr ?? [],
    justInTime: row?.justInTime ?? false,
    breakGlassUserId: row?.breakGlassUserId ?? null,
    enabled: row?.enabled ?? false,
    redirectUri: `${context.url}/api/auth/callback/${connectionIdOf(requireActor(context))}`,
    administrators: await administrators(tx),
    updatedBy: row && personRef(await namesOf(tx, [row.updatedById]), row.updatedById),
    updatedAt: row?.updatedAt.toISOString() ?? null,
  };
}
