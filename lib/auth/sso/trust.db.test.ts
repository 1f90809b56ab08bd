import { generateKeyPairSync } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { OidcPeer } from "@/test/oidc-peer";
import { serve } from "@/test/requests";
import { setSso } from "@/test/sso";
import { type Arrival, SIGN_IN_SETTINGS, SsoBrowser } from "@/test/sso-browser";
import { emailOf, type LeftEvent, World } from "@/test/world";

let world: World;
let peer: OidcPeer;
let thin: OidcPeer;
let id: string;
beforeAll(async () => {
  world = await World.make(new Date().toISOString());
  id = world.organisationId("entity");
  const redirects = [`http://localhost:4999/api/auth/callback/${id}`];
  peer = await OidcPeer.start(redirects);
  thin = await OidcPeer.start(redirects, { thin: true });
  for (const one of [peer, thin]) {
    one.people.set("lead", { email: emailOf("lead"), email_verified: true });
    one.login = { sub: "lead" };
  }
  serve(world.database, () => world.now, SIGN_IN_SETTINGS);
  await setSso(world, peer);
});
afterAll(async () => {
  await peer.stop();
  await thin.stop();
  await world.close();
});
afterEach(() => {
  peer.forge = undefined;
  peer.forgeKey = undefined;
  peer.login = { sub: "lead" };
});

/** What the browser is sent back with, without going there. */
async function wayBack(browser: SsoBrowser): Promise<string> {
  const { url } = (await (await browser.depart(id)).json()) as { url: string };
  return browser.atProvider(url);
}

async function arrives(arrive: () => Promise<Arrival>): Promise<{ arrival: Arrival; left: LeftEvent[] }> {
  const found: Arrival[] = [];
  const left = await world.eventsOf(async () => void found.push(await arrive()));
  if (!found[0]) throw new Error("Nobody arrived.");
  return { arrival: found[0], left };
}

/** Nobody is let in: a page with words, and an event with the reason. */
async function expectRefused(arrive: () => Promise<Arrival>, trouble: string, reason: string): Promise<void> {
  const { arrival, left } = await arrives(arrive);
  expect([arrival.reply.status, arrival.trouble, arrival.token]).toEqual([200, trouble, null]);
  expect(arrival.to.pathname).toBe("/sign-in");
  expect(left).toMatchObject([{ chain: "entity", action: "session.failed", detail: { reason, userId: null } }]);
}

describe("a token", () => {
  const seconds = () => Math.floor(Date.now() / 1000);
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

  it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ["for somebody else's client", (claims) => ({ ...claims, aud: "another-client" })],
    ["of another issuer", (claims) => ({ ...claims, iss: "https://else.example" })],
    ["that has expired", (claims) => ({ ...claims, iat: seconds() - 600, exp: seconds() - 300 })],
    ["that was made for another sign-in", (claims) => ({ ...claims, nonce: "another nonce" })],
    ["without a nonce", ({ nonce: _nonce, ...claims }) => claims],
    ["about nobody", ({ sub: _sub, ...claims }) => claims],
    ["with a subject that cannot be stored", (claims) => ({ ...claims, sub: "lead\u0000" })],
  ])("%s lets nobody in", async (_what, forge) => {
    peer.forge = forge;
    await expectRefused(() => new SsoBrowser().signIn(id), "invalid", "sso_invalid");
  });

  it("that another key has signed lets nobody in", async () => {
    peer.forgeKey = stranger;
    await expectRefused(() => new SsoBrowser().signIn(id), "invalid", "sso_invalid");
  });

  it("that is signed anew by the provider's own key, unchanged, is taken: the tests above see the change alone", async () => {
    peer.forge = (claims) => claims;
    expect((await new SsoBrowser().signIn(id)).token).not.toBeNull();
  });
});

describe("a way back", () => {
  it("is gone once", async () => {
    const browser = new SsoBrowser();
    const address = await wayBack(browser);
    expect((await browser.arrive(address)).token).not.toBeNull();
    const before = peer.exchanges;
    await expectRefused(() => browser.arrive(address), "over", "sso_over");
    expect(peer.exchanges).toBe(before);
  });

  it("is of the browser that began it", async () => {
    const address = await wayBack(new SsoBrowser());
    const another = new SsoBrowser();
    await another.depart(id);
    await expectRefused(() => another.arrive(address), "invalid", "sso_invalid");
    await expectRefused(() => new SsoBrowser().arrive(address), "over", "sso_over");
  });

  it("without cookies of ours ends at once", async () => {
    const address = await wayBack(new SsoBrowser());
    await expectRefused(() => new SsoBrowser().arrive(address), "over", "sso_over");
  });

  it("is open for a quarter of an hour", async () => {
    const browser = new SsoBrowser();
    const address = await wayBack(browser);
    const begun = world.now;
    world.pass({ minutes: 15 });
    await expectRefused(() => browser.arrive(address), "over", "sso_over");
    world.now = begun;
  });

  it("with the code of another one is refused by the provider", async () => {
    const browser = new SsoBrowser();
    const mine = new URL(await wayBack(browser));
    const other = new URL(await wayBack(new SsoBrowser()));
    mine.searchParams.set("code", other.searchParams.get("code") ?? "");
    await expectRefused(() => browser.arrive(mine.href), "invalid", "sso_invalid");
  });

  it("from another issuer than it went to is refused", async () => {
    const browser = new SsoBrowser();
    const address = new URL(await wayBack(browser));
    address.searchParams.set("iss", "https://else.example");
    await expectRefused(() => browser.arrive(address.href), "invalid", "sso_invalid");
  });

  it("on which the provider says no is told so", async () => {
    peer.login = "refused";
    await expectRefused(() => new SsoBrowser().signIn(id), "denied", "sso_denied");
  });

  it.each([
    ["nothing", ""],
    ["no state", "?code=x"],
    ["an endless state", `?state=${"x".repeat(600)}`],
    ["an endless code", `?state=x&code=${"x".repeat(9_000)}`],
    ["a NUL", "?state=%00"],
    ["what is no UTF-8", "?state=%E0%A4%A&code=%ff"],
    ["a token in the address", "?state=x&id_token=y&access_token=z&response=w"],
  ])("with %s leads to a page with words", async (_what, search) => {
    const arrival = await new SsoBrowser().arrive(`http://localhost:4999/api/auth/callback/${id}${search}`);
    expect(arrival.reply.status).toBe(200);
    expect(["invalid", "over"]).toContain(arrival.trouble);
  });

  it("takes what a provider sends beside, and does not look at it", async () => {
    const browser = new SsoBrowser();
    const more = `&session_state=a&authuser=0&hd=entity.example&callbackUrl=${encodeURIComponent("https://evil.example")}`;
    const { arrival } = await arrives(async () => browser.arrive((await wayBack(browser)) + more));
    expect([arrival.trouble, arrival.to.search]).toEqual([null, "?next=%2Fengagements"]);
  });
});

describe("a provider", () => {
  it("that is away when somebody wants to go there is said to be", async () => {
    const gone = await OidcPeer.start([]);
    await setSso(world, gone);
    await gone.stop();
    const reply = await new SsoBrowser().depart(id);
    expect([reply.status, await reply.json()]).toMatchObject([503, { code: "unavailable" }]);
    await setSso(world, peer);
  });

  it("that is away when somebody comes back is said to be", async () => {
    const leaving = await OidcPeer.start([`http://localhost:4999/api/auth/callback/${id}`]);
    leaving.people.set("lead", { email: emailOf("lead"), email_verified: true });
    leaving.login = { sub: "lead" };
    await setSso(world, leaving);
    const browser = new SsoBrowser();
    const address = await wayBack(browser);
    await leaving.stop();
    await expectRefused(() => browser.arrive(address), "away", "sso_away");
    await setSso(world, peer);
  });

  it("that does not know our secret any more lets nobody in", async () => {
    await setSso(world, peer, { clientSecret: "another one" });
    await expectRefused(() => new SsoBrowser().signIn(id), "invalid", "sso_invalid");
    await setSso(world, peer);
  });

  it("that keeps addresses out of its tokens is asked for them", async () => {
    await setSso(world, thin);
    expect((await new SsoBrowser().signIn(id)).token).not.toBeNull();
    await setSso(world, peer);
  });

  it("is no way in while it is switched off, also for who is on the way", async () => {
    const browser = new SsoBrowser();
    const address = await wayBack(browser);
    await setSso(world, peer, { enabled: false });
    expect((await new SsoBrowser().depart(id)).status).toBe(404);
    expect(await browser.arrive(address)).toMatchObject({ trouble: "off", token: null });
    expect((await new SsoBrowser().depart(world.organisationId("firm"))).status).toBe(404);
    await setSso(world, peer);
  });
});
