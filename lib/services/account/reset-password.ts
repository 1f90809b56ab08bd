import { setTimeout as pause } from "node:timers/promises";
import type { ServiceContext } from "@/lib/auth/context";
import { makeEvent, organisationLog, SYSTEM_LOG } from "@/lib/auth/events";
import { asNobody, changeIdentity, inIdentity } from "@/lib/auth/open";
import { hashPassword } from "@/lib/auth/password";
import { requireFreshPassword, requireGoodPassword } from "@/lib/auth/password-quality";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { AcceptPasswordResetInput, PasswordResetAskedDto } from "@/lib/contracts/session";
import { type AccountRow, findAccount, findAccountOf, lastPasswords, storePassword } from "@/lib/data/credentials";
import {
  countOpenResets,
  findUsableReset,
  insertPasswordReset,
  markResetUsed,
  voidPasswordResets,
} from "@/lib/data/password-resets";
import { endSessions } from "@/lib/data/sessions";
import { NOBODY } from "@/lib/data/sign-in-guard";
import type { IdentityTx } from "@/lib/db/kinds";
import type { ResetOutcome } from "@/lib/domain/audit/sign-in-details";
import { passwordChosenLetter, resetLetter } from "@/lib/mail/letters";
import type { Letter } from "@/lib/mail/mailer";
import { resetLink } from "@/lib/services/account/reset-link";
import { revokeTokens } from "@/lib/services/account/revoke-tokens";
import { answerUnusableLink } from "@/lib/services/account/unusable-link";

/** How long the answer takes in any case, milliseconds: longer than the work, so that its time tells nothing. */
const ANSWER_MS = 300;
/** So many links of one person work at a time: nobody fills another's inbox, and none of these links is taken away. */
const MOST_OPEN = 3;

/**
 * Takes the wish for a new password. Whatever account there is, the answer is the same and takes the same time; a link goes
 * to the account's own address alone, and only if there is a mail server.
 */
export async function askPasswordReset(context: ServiceContext, email: string): Promise<PasswordResetAskedDto> {
  const [letter] = await Promise.all([prepareReset(context, email), pause(ANSWER_MS)]);
  if (letter) context.mail.post(letter);
  return { byMail: context.mail.isOn };
}

function prepareReset(context: ServiceContext, email: string): Promise<Letter | null> {
  const token = newToken();
  return changeIdentity(asNobody(context), async (tx) => {
    const account = await findAccount(tx, email);
    const open = await countOpenResets(tx, account?.userId ?? NOBODY);
    const outcome = outcomeFor(context, account, open);
    const made =
      account && outcome === "mailed" ? await insertPasswordReset(tx, account.userId, tokenHash(token), null) : null;
    const { userId = null, organisationId = null } = account ?? {};
    tx.record(
      makeEvent(
        organisationId ? organisationLog(organisationId) : SYSTEM_LOG,
        tx.now,
        null,
        { action: "password.reset_requested", requestId: context.requestId, detail: { userId, outcome } },
        made ? [{ table: "password_reset", id: made.id }] : [],
      ),
    );
    return made && account && resetLetter(account, { link: resetLink(context, token), expiresAt: made.expiresAt });
  });
}

function outcomeFor({ mail }: ServiceContext, account: AccountRow | null, open: number): ResetOutcome {
  if (!account?.organisationId) return "unknown_account";
  if (account.disabled) return "disabled";
  if (account.sso === "required") return "single_sign_on";
  if (!account.hasPassword) return "no_password";
  if (!mail.isOn) return "no_mail_server";
  return open < MOST_OPEN ? "mailed" : "too_often";
}

async function requireReset(
  tx: IdentityTx,
  token: string,
): Promise<{ readonly id: string; readonly account: AccountRow & { readonly organisationId: string } }> {
  const reset = await findUsableReset(tx, tokenHash(token));
  const account = reset && (await findAccountOf(tx, reset.userId));
  if (reset && account?.organisationId) {
    return { id: reset.id, account: { ...account, organisationId: account.organisationId } };
  }
  throw new Failure("not_found", "This link was used already, has expired or never existed. Ask for a new one.");
}

/** Whose password a link chooses, and how long it has to be. */
export interface PasswordResetLink {
  readonly email: string;
  readonly passwordMinLength: number;
}

/** Whose password a link chooses. @throws Failure not_found when it cannot be used, which is an event */
export async function readPasswordReset(context: ServiceContext, token: string): Promise<PasswordResetLink> {
  try {
    const { account } = await inIdentity(asNobody(context), (tx) => requireReset(tx, token));
    return { email: account.email, passwordMinLength: account.policy.passwordMinLength };
  } catch (error) {
    throw await answerUnusableLink(context, "password.reset_failed", token, error);
  }
}

/**
 * Takes a new password by a link, once. All sessions and API tokens end and other links become void. Nobody is signed in by it, and neither
 * second factors nor the count of failures change: a reset is no way around either.
 * @throws Failure not_found, which is an event; invalid, naming the field
 */
export async function acceptPasswordReset(context: ServiceContext, input: AcceptPasswordResetInput): Promise<void> {
  try {
    await accept(context, input);
  } catch (error) {
    throw await answerUnusableLink(context, "password.reset_failed", input.token, error);
  }
}

async function accept(context: ServiceContext, { token, password }: AcceptPasswordResetInput): Promise<void> {
  const { account, last } = await inIdentity(asNobody(context), async (tx) => {
    const found = (await requireReset(tx, token)).account;
    return { account: found, last: await lastPasswords(tx, found.userId, found.policy.passwordHistory) };
  });
  const { userId, organisationId, policy } = account;
  requireGoodPassword(password, policy.passwordMinLength, account, "password");
  await requireFreshPassword(password, last, "password");
  const passwordHash = await hashPassword(password);
  await changeIdentity(asNobody(context), async (tx) => {
    const { id } = await requireReset(tx, token);
    await markResetUsed(tx, id);
    const others = await voidPasswordResets(tx, userId);
    await storePassword(tx, userId, passwordHash);
    await endSessions(tx, userId);
    const tokens = await revokeTokens(tx, userId);
    tx.record(
      makeEvent(
        organisationLog(organisationId),
        tx.now,
        { userId, organisationId },
        { action: "password.reset", requestId: context.requestId, detail: { ...tokens.detail } },
        [...[id, ...others].map((one) => ({ table: "password_reset", id: one })), ...tokens.changes],
      ),
    );
  });
  context.mail.post(passwordChosenLetter(account));
}
