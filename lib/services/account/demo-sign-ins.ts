import type { ServiceContext } from "@/lib/auth/context";
import { usableCode } from "@/lib/auth/factors/totp";
import { inIdentity } from "@/lib/auth/open";
import { totpPlace } from "@/lib/auth/second-factor";
import type { DemoCodeDto, DemoSignInDto, DemoSignInsDto } from "@/lib/contracts/factors";
import { findAccount } from "@/lib/data/credentials";
import { findTotp } from "@/lib/data/factors";
import type { IdentityTx } from "@/lib/db/kinds";

/**
 * How to sign in as the demo's people, with the codes that their apps show: for demo mode alone, where everybody may
 * know them. The caller says who they are and answers for the mode.
 */
export function readDemoSignIns(
  context: ServiceContext,
  people: readonly Omit<DemoSignInDto, "code">[],
): Promise<DemoSignInsDto> {
  return inIdentity(context, async (tx) => {
    const items: DemoSignInDto[] = [];
    for (const person of people) items.push({ ...person, code: await codeOf(context, tx, person.email) });
    return { now: tx.now.toISOString(), items };
  });
}

async function codeOf(context: ServiceContext, tx: IdentityTx, email: string): Promise<DemoCodeDto | null> {
  const account = await findAccount(tx, email);
  const app = account && (await findTotp(tx, account.userId));
  if (!account?.organisationId || !app?.confirmed) return null;
  const secret = await context.secrets.unseal(tx, totpPlace(account.userId, account.organisationId), app.secret);
  const { code, from, until } = await usableCode(secret, app.lastStep, tx.now);
  return { code, from: from.toISOString(), until: until.toISOString() };
}
