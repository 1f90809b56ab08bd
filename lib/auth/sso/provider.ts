import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { type Allowance, ForbiddenAddress, guardedAgent, SILENCE_MS, timedOut } from "@/lib/auth/outbound";
import { config } from "@/lib/config";

/** Signatures of tokens that are taken, the first that a provider offers. None that a shared secret makes. */
const ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA", "RS384", "RS512", "ES384", "ES512", "PS384", "PS512"] as const;
const AUTHENTICATIONS = ["client_secret_basic", "client_secret_post"] as const;

const address = z.url({ protocol: /^https?$/ });
const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  userinfo_endpoint: address.optional(),
  response_types_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});

/** An identity provider as its discovery document describes it. */
export interface Provider {
  readonly issuer: string;
  readonly authorization: string;
  readonly token: string;
  readonly keys: string;
  readonly userinfo: string | null;
  readonly algorithm: (typeof ALGORITHMS)[number];
  readonly authentication: (typeof AUTHENTICATIONS)[number];
}

/** An identity provider is not to be had, or not as it has to be. The message is for an administrator. */
export class ProviderTrouble extends Error {
  override readonly name = "ProviderTrouble";
}

/** What may be connected to for a service that is reached at `url`. */
export function allowanceFor(url: string): Allowance {
  return { hosts: config().ssoHosts, loopback: url.startsWith("http:") };
}

/**
 * Reads an identity provider's discovery document (OpenID Connect Discovery 1.0).
 * @param url what our own service is reached at
 * @throws ProviderTrouble
 */
export async function readProvider(issuer: string, url: string): Promise<Provider> {
  const allowance = allowanceFor(url);
  requireSafe("The issuer", issuer, allowance);
  const place = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const parsed = discovery.safeParse(await fetchJson(place, allowance));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ProviderTrouble(`The discovery document at ${place} lacks ${issue?.path.join(".") || "what is needed"}.`);
  }
  const found = parsed.data;
  if (found.issuer !== issuer) {
    throw new ProviderTrouble(
      `The discovery document names another issuer. Write the issuer exactly so: ${found.issuer.slice(0, 200)}`,
    );
  }
  const places = [found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.userinfo_endpoint];
  for (const one of places) if (one !== undefined) requireSafe("An address in the discovery document", one, allowance);
  if (found.response_types_supported?.includes("code") === false) {
    throw new ProviderTrouble("The provider does not offer the authorization code flow (response type “code”).");
  }
  return {
    issuer,
    authorization: found.authorization_endpoint,
    token: found.token_endpoint,
    keys: found.jwks_uri,
    userinfo: found.userinfo_endpoint ?? null,
    algorithm: firstOf(ALGORITHMS, found.id_token_signing_alg_values_supported, "signs its tokens with no key pair"),
    authentication: firstOf(
      AUTHENTICATIONS,
      found.token_endpoint_auth_methods_supported,
      "takes no client secret at its token endpoint",
    ),
  };
}

function firstOf<T extends string>(
  known: readonly [T, ...T[]],
  offered: readonly string[] | undefined,
  lack: string,
): T {
  if (!offered) return known[0];
  const first = known.find((one) => offered.includes(one));
  if (first === undefined) throw new ProviderTrouble(`The provider ${lack} that Countervail knows.`);
  return first;
}

/** Without TLS only what is on this computer, in development. */
function requireSafe(what: string, place: string, { loopback }: Allowance): void {
  const { protocol, hostname } = new URL(place);
  const here = loopback && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  if (protocol !== "https:" && !here) throw new ProviderTrouble(`${what} has to begin with https://.`);
}

async function fetchJson(place: string, allowance: Allowance): Promise<unknown> {
  const { status, body } = await fetchText(place, allowance).catch((error: unknown) => {
    throw new ProviderTrouble(wordsFor(error, new URL(place).host));
  });
  if (status !== 200) throw new ProviderTrouble(`${place} answers with status ${status} in place of a document.`);
  try {
    return JSON.parse(body);
  } catch {
    throw new ProviderTrouble(`What stands at ${place} is no JSON.`);
  }
}

function fetchText(place: string, allowance: Allowance): Promise<{ status: number; body: string }> {
  const { protocol } = new URL(place);
  const ask = protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const options = {
      agent: guardedAgent(protocol, allowance),
      timeout: SILENCE_MS,
      headers: { accept: "application/json" },
    };
    const request = ask(place, options, (reply) => {
      text(reply).then((body) => resolve({ status: reply.statusCode ?? 0, body }), reject);
    });
    request.on("timeout", () => request.destroy(timedOut()));
    request.on("error", reject);
    request.end();
  });
}

function wordsFor(error: unknown, host: string): string {
  if (error instanceof ForbiddenAddress) {
    return `${host} is not at a public address. Whoever runs this service can allow it (COUNTERVAIL_SSO_HOSTS).`;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `There is no host called ${host}.`;
  if (code === "ETIMEDOUT") return `${host} did not answer within ${SILENCE_MS / 1000} seconds.`;
  if (/CERT|SIGNATURE|ALTNAME|SSL|TLS/.test(code)) return `The certificate of ${host} could not be checked (${code}).`;
  return `${host} could not be reached${code ? ` (${code})` : ""}.`;
}
