import type { ServiceContext } from "@/lib/auth/context";

/** The address that the token of a password reset is opened at. */
export function resetLink(context: ServiceContext, token: string): string {
  return `${context.url}/reset/${token}`;
}
