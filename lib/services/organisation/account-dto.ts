import type { AccountDto } from "@/lib/contracts/people";
import type { AccountHere } from "@/lib/data/accounts";

/** An account as administrators see it. */
export function accountDto(account: AccountHere): AccountDto {
  const { userId, name, email, role, disabled, locked, lockedUntil, passwordEnded, secondFactor } = account;
  return {
    id: userId,
    name,
    email,
    role,
    disabled,
    locked,
    lockedUntil: lockedUntil?.toISOString() ?? null,
    passwordEnded,
    secondFactor,
    lastSignInAt: account.lastSignInAt?.toISOString() ?? null,
  };
}
