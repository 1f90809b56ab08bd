import { dictionary } from "@zxcvbn-ts/language-common";
import { passwordMatches } from "@/lib/auth/password";
import { fieldProblem } from "@/lib/contracts/failure";
import { guessesOf, passwordComplaint } from "@/lib/domain/security/password-rules";

/** About 49,000 passwords that leaks hold most often; kept in the package, so nothing is asked of anybody. */
const leaked = new Set<string>(dictionary["passwords-common"]);

/** Whom a password is for. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/**
 * Judges a new password by length, leaks and names.
 * @param path the field of the input that a complaint stands beside
 * @throws Failure invalid
 */
export function requireGoodPassword(password: string, minLength: number, owner: PasswordOwner, path: string): void {
  const names = [...owner.name.split(/\s+/), ...(owner.email.split("@")[0]?.split(/[._-]/) ?? [])];
  const complaint = passwordComplaint(password, minLength, names);
  if (complaint) throw fieldProblem(path, complaint);
  if (guessesOf(password).some((word) => leaked.has(word))) {
    throw fieldProblem(path, "This password, or its core, is known from leaks. A few unrelated words are good.");
  }
}

/** Refuses a password that is one of the last ones. @throws Failure invalid */
export async function requireFreshPassword(password: string, last: readonly string[], path: string): Promise<void> {
  for (const hash of last) {
    if (await passwordMatches(hash, password)) {
      throw fieldProblem(path, "Choose a password that is none of your last ones.");
    }
  }
}
