import { timingSafeEqual } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, SYSTEM_LOG } from "@/lib/auth/events";
import { asSystem, inIdentity } from "@/lib/auth/open";
import { hashPassword } from "@/lib/auth/password";
import { requireGoodPassword } from "@/lib/auth/password-quality";
import { tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { SetupInput } from "@/lib/contracts/session";
import { storePassword } from "@/lib/data/credentials";
import { holdSetUp, insertOrganisation, noOrganisationYet } from "@/lib/data/organisations";
import { insertPerson } from "@/lib/data/people";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";

/** True while the service waits for its first organisation. */
export function needsSetUp(context: ServiceContext): Promise<boolean> {
  return inIdentity(context, noOrganisationYet);
}

/**
 * Makes the first organisation and its admin, once. The set-up code is printed where the service was started,
 * so that not just anybody who finds the page first becomes the admin.
 * @param expectedCode the code of this start; without one nothing can be set up
 * @throws Failure invalid for a wrong code, already_exists after the first time
 */
export async function setUp(
  context: ServiceContext,
  input: SetupInput,
  expectedCode: string | undefined,
): Promise<void> {
  if (!expectedCode || !sameCode(input.setupCode, expectedCode)) {
    await asSystem(context, "set-up", async (tx) => {
      tx.record(makeEvent(SYSTEM_LOG, tx.now, null, { action: "set_up.failed", requestId: context.requestId }));
    });
    throw new Failure("invalid", "The set-up code is not right.", {
      errors: [{ path: "setupCode", message: "Not the code that was printed at the start of the service." }],
    });
  }
  requireGoodPassword(input.password, BUILT_IN_POLICY.passwordMinLength, input, "password");
  const passwordHash = await hashPassword(input.password);
  await asSystem(context, "set-up", async (tx) => {
    await holdSetUp(tx);
    if (!(await noOrganisationYet(tx)))
      throw new Failure("already_exists", "The service is set up already. Please sign in.");
    const organisation = await insertOrganisation(tx, input.organisationKind, input.organisationName);
    const person = { email: input.email, name: input.name, organisationId: organisation.id, role: "admin" as const };
    const { userId, membershipId } = await insertPerson(tx, person);
    await storePassword(tx, userId, passwordHash);
    tx.record(
      makeEvent(
        SYSTEM_LOG,
        tx.now,
        { userId, organisationId: organisation.id },
        {
          action: "organisation.created",
          requestId: context.requestId,
          detail: { organisationId: organisation.id, kind: organisation.kind, adminId: userId },
        },
        [
          { table: "organisation", id: organisation.id },
          { table: "app_user", id: userId },
          { table: "membership", id: membershipId },
        ],
      ),
    );
  });
}

/** Both sides are hashed first, so that neither length nor content shows in the time. */
function sameCode(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(tokenHash(given)), Buffer.from(tokenHash(expected)));
}
