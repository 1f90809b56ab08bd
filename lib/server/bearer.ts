import { actorOfApiToken, denyToken, recordRefusedToken } from "@/lib/auth/api-token";
import type { ServiceContext } from "@/lib/auth/context";
import { sessionCookieName } from "@/lib/auth/session-token";
import { Failure } from "@/lib/contracts/failure";
import type { Actor } from "@/lib/contracts/request-context";
import { TOKEN_REASONS, type TokenScope } from "@/lib/domain/access/token-rights";
import { cookieValue } from "@/lib/server/cookies";
import { limit, limitToken } from "@/lib/server/rate-limit";

/** The API token that a request comes with, or null. Other schemes are a proxy's business, and none of ours. */
export function bearerOf(request: Request): string | null {
  const [, token] = /^Bearer(?: +(.*))?$/i.exec(request.headers.get("authorization")?.trim() ?? "") ?? [null, null];
  return token === null ? null : (token ?? "").trim();
}

/**
 * Whose request this is that came with a token. A token is refused before it is counted as its person's, and where it was
 * guessed it counts against the network that it came from.
 * @param asks the scope that the address asks for; undefined where it is for people alone
 * @throws Failure invalid_token, forbidden, too_many_requests; malformed beside a session's cookie
 */
export async function actorOfBearer(
  anonymous: ServiceContext,
  request: Request,
  token: string,
  asks: TokenScope | undefined,
  headers: Record<string, string>,
): Promise<Actor> {
  if (cookieValue(request.headers.get("cookie"), sessionCookieName(anonymous.url))) {
    throw new Failure("malformed", "Send an API token or the cookie of a session, not both.");
  }
  const shown = await actorOfApiToken(anonymous, token);
  if ("refused" in shown) {
    await limit(anonymous, "token");
    throw await recordRefusedToken(anonymous, shown.refused);
  }
  const { actor } = shown;
  const { id = "", scope = "read" } = actor.token ?? {};
  await limitToken(anonymous, id, headers);
  const denied = asks === undefined ? "token_act" : asks === "write" && scope === "read" ? "token_scope" : null;
  if (denied) throw await denyToken({ ...anonymous, actor }, TOKEN_REASONS[denied]);
  return actor;
}
