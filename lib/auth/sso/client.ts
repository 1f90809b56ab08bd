import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { guardedAgent, SILENCE_MS } from "@/lib/auth/outbound";
import type { OpenConnection } from "@/lib/auth/sso/connection";
import { allowanceFor, type Provider } from "@/lib/auth/sso/provider";
import { emailAddress, personName, requiredText } from "@/lib/contracts/text";
import type { SsoClaims, SsoStrength } from "@/lib/domain/security/single-sign-on";

/** What a provider's signed token says, as far as it is used. */
export interface SsoPerson extends SsoClaims, SsoStrength {
  readonly name: string | null;
  /** When the person was checked there, in seconds; null where it does not say. */
  readonly authTime: number | null;
}

/** How an exchange ended: with somebody, or why not. */
export interface Exchange {
  person: SsoPerson | null;
  trouble: "away" | "invalid" | null;
}

const claims = z
  .object({
    sub: requiredText(255),
    email: emailAddress.nullable().catch(null),
    email_verified: z.boolean().catch(false),
    name: personName(120).nullable().catch(null),
    amr: z.array(z.string()).catch([]),
    acr: z.string().nullable().catch(null),
    auth_time: z.number().nullable().catch(null),
  })
  .transform(
    ({ sub, email_verified, auth_time, ...rest }): SsoPerson => ({
      ...rest,
      subject: sub,
      emailVerified: email_verified,
      authTime: auth_time,
    }),
  );

/**
 * The provider that next-auth works with. Its endpoints are those that we read and looked at; the id of the connection is
 * part of the redirect URI, so that no provider's answer passes for another's.
 * @param params of the authorization request
 * @param exchange where it is noted what came of the code
 */
export function oauthProvider(
  connection: OpenConnection,
  provider: Provider,
  url: string,
  params: Readonly<Record<string, string>>,
  exchange: Exchange,
): OAuthConfig<object> {
  return {
    id: connection.id,
    name: "Single sign-on",
    type: "oauth",
    issuer: provider.issuer,
    authorization: { url: provider.authorization, params: { scope: "openid email profile", ...params } },
    token: {
      url: provider.token,
      async request({ client, params: given, checks, provider: { callbackUrl } }) {
        try {
          const tokens = await client.callback(callbackUrl, given, { ...checks, response_type: "code" });
          const signed = tokens.claims();
          // Who asks for an access token gets the address from some providers at the other endpoint alone.
          const more = signed.email === undefined && provider.userinfo ? await client.userinfo(tokens) : signed;
          const { email, email_verified, name = signed.name } = more;
          exchange.person = claims.parse({ ...signed, email, email_verified, name });
          return { tokens };
        } catch (error) {
          exchange.trouble = isAway(error) ? "away" : "invalid";
          throw error;
        }
      },
    },
    ...(provider.userinfo ? { userinfo: { url: provider.userinfo } } : {}),
    jwks_endpoint: provider.keys,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    client: {
      token_endpoint_auth_method: provider.authentication,
      id_token_signed_response_alg: provider.algorithm,
    },
    clientId: connection.clientId,
    clientSecret: connection.clientSecret,
    httpOptions: { timeout: SILENCE_MS, agent: guardedAgent(new URL(provider.token).protocol, allowanceFor(url)) },
    profile: () => ({ id: connection.id }),
  };
}

/** Whether an exchange failed because the provider was not there, and not for what it said. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, response } = error as Error & { code?: unknown; response?: { statusCode?: number } };
  if ((response?.statusCode ?? 0) >= 500 || error.message.startsWith("outgoing request timed out")) return true;
  return typeof code === "string" && /^(E[A-Z]+|FORBIDDEN_ADDRESS|CERT_.+|.+_CERT.*)$/.test(code);
}
