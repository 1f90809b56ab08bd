import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type InteractionResults, Provider } from "oidc-provider";

/** Somebody whom the identity provider knows. */
export interface PeerPerson {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/** How somebody signs in at the provider, without its page. */
export interface PeerLogin {
  readonly sub: string;
  readonly amr?: readonly string[];
  readonly acr?: string;
  /** When it happened, in seconds; now unless said otherwise. */
  readonly at?: number;
}

type Claims = Record<string, unknown>;

const CLIENT_ID = "countervail";
const CLIENT_SECRET = "a secret of the identity provider's client";

/**
 * A real identity provider (oidc-provider) on this computer, with a page to sign in at. Its people and how it misbehaves
 * are the test's to say.
 */
export class OidcPeer {
  readonly clientId = CLIENT_ID;
  readonly clientSecret = CLIENT_SECRET;
  readonly people = new Map<string, PeerPerson>();
  /** Signs everybody in as this one, or refuses them, without showing a page; undefined: the page is shown. */
  login: PeerLogin | "refused" | undefined;
  /** How the page's people are said to have been checked. */
  amr: readonly string[] = ["pwd"];
  /** Changes the claims of every token before it is signed again. */
  forge: ((claims: Claims) => Claims) | undefined;
  /** Signs what is forged, in the place of the provider's own key. */
  forgeKey: KeyObject | undefined;
  /** Requests to the token endpoint that were answered. */
  exchanges = 0;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private readonly key: KeyObject,
  ) {}

  /** Starts on a free port. @param thin keeps the address out of tokens, as some providers do */
  static async start(redirectUris: readonly string[], { thin = false } = {}): Promise<OidcPeer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const peer = new OidcPeer(server, issuer, privateKey);
    const provider = makeProvider(peer, redirectUris, thin, { ...privateKey.export({ format: "jwk" }), kid: "peer" });
    const answer = provider.callback();
    server.on("request", (request, response) => {
      if (request.url?.startsWith("/interaction/")) void peer.#interact(provider, request, response);
      else void answer(request, response);
    });
    return peer;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** A token with other claims, or of another key. */
  forged(token: string): string {
    if (!this.forge && !this.forgeKey) return token;
    const [head = "", body = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Claims;
    const changed = Buffer.from(JSON.stringify(this.forge?.(claims) ?? claims)).toString("base64url");
    const signature = sign("RSA-SHA256", Buffer.from(`${head}.${changed}`), this.forgeKey ?? this.key);
    return `${head}.${changed}.${signature.toString("base64url")}`;
  }

  async #interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const typed = request.method === "POST" ? new URLSearchParams(await text(request)).get("login") : null;
    const login = this.login ?? (typed === null ? undefined : { sub: typed, amr: this.amr });
    if (login) return provider.interactionFinished(request, response, resultOf(login));
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>Harbour Identity</title><h1>Harbour Identity</h1>
      <form method="post"><label>Account <input name="login" autofocus></label> <button>Continue</button></form>`);
  }
}

function resultOf(login: PeerLogin | "refused"): InteractionResults {
  if (login === "refused") return { error: "access_denied", error_description: "Not today" };
  const { sub, amr, acr, at } = login;
  return {
    login: {
      accountId: sub,
      ...(amr ? { amr: [...amr] } : {}),
      ...(acr === undefined ? {} : { acr }),
      ...(at === undefined ? {} : { ts: at }),
    },
  };
}

function makeProvider(peer: OidcPeer, redirectUris: readonly string[], thin: boolean, key: JsonWebKey): Provider {
  const provider = new Provider(peer.issuer, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [...redirectUris] }],
    jwks: { keys: [{ ...key, kty: "RSA" }] },
    cookies: { keys: ["of the peer"] },
    claims: { openid: ["sub", "acr", "amr"], email: ["email", "email_verified"], profile: ["name"] },
    acrValues: ["urn:example:mfa"],
    conformIdTokenClaims: thin,
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, sub) => {
      const person = peer.people.get(sub);
      return person && { accountId: sub, claims: () => ({ ...person, sub }) };
    },
    // Nobody is asked whether the application may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: CLIENT_ID, accountId: oidc.session?.accountId ?? "" });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    await next();
    const { body } = context;
    if (context.path !== "/token" || typeof body !== "object" || body === null || !("id_token" in body)) return;
    peer.exchanges += 1;
    context.body = { ...body, id_token: peer.forged(String(body.id_token)) };
  });
  return provider;
}
