import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { showCode } from "@/lib/auth/second-factor";
import { requireSession, sessionOfToken } from "@/lib/auth/session";
import { setAccountDisabled } from "@/lib/services/organisation/manage-accounts";
import { OidcPeer } from "@/test/oidc-peer";
import { serve } from "@/test/requests";
import { setSso } from "@/test/sso";
import { SIGN_IN_SETTINGS, SsoBrowser } from "@/test/sso-browser";
import { emailOf, type Person, World } from "@/test/world";

let world: World;
let peer: OidcPeer;
let id: string;
beforeAll(async () => {
  world = await World.make(new Date().toISOString());
  id = world.organisationId("entity");
  peer = await OidcPeer.start([`http://localhost:4999/api/auth/callback/${id}`]);
  serve(world.database, () => world.now, SIGN_IN_SETTINGS);
  for (const person of ["lead", "colleague", "observer", "officer", "qsa"] as const) knows(person);
});
afterAll(async () => {
  await peer.stop();
  await world.close();
});
beforeEach(() => setSso(world, peer));

function knows(person: Person, more: { readonly verified?: boolean } = {}): void {
  peer.people.set(person, { email: emailOf(person), email_verified: more.verified ?? true, name: `${person} there` });
}

const session = async (token: string | null) => requireSession(await sessionOfToken(world.alone(), token ?? "", false));

async function signInAs(sub: string, more: { readonly amr?: string[]; readonly acr?: string } = {}) {
  peer.login = { sub, ...more };
  return new SsoBrowser().signIn(id);
}

describe("the first time", () => {
  it("links the account of the address and begins a session, which asks for our own second factor", async () => {
    let arrival = null as Awaited<ReturnType<typeof signInAs>> | null;
    const left = await world.eventsOf(async () => {
      arrival = await signInAs("lead");
    });
    expect(arrival?.to.pathname + (arrival?.to.search ?? "")).toBe("/sign-in?next=%2Fengagements");
    const opened = await session(arrival?.token ?? null);
    expect(opened).toMatchObject({ stage: "factor", methods: ["sso"], actor: { userId: world.userId("lead") } });
    expect(left.map(({ chain, action, by }) => [chain, action, by])).toEqual([
      ["entity", "sso.linked", "lead"],
      ["entity", "session.started", "lead"],
    ]);
    expect(left[0]?.changes.map(({ table }) => table)).toEqual(["sso_identity"]);
  });

  it("goes on by the subject, whatever the address has become", async () => {
    peer.people.set("lead", { email: "new-name@elsewhere.example", email_verified: false });
    const left = await world.eventsOf(async () => {
      expect((await session((await signInAs("lead")).token)).actor.userId).toBe(world.userId("lead"));
    });
    expect(left.map(({ action }) => action)).toEqual(["session.started"]);
    knows("lead");
  });

  it("takes the session's cookie alone to the browser, and none of next-auth's", async () => {
    peer.login = { sub: "lead" };
    const browser = new SsoBrowser();
    const { reply } = await browser.signIn(id);
    expect([...browser.cookies].sort()).toEqual(["countervail", "next-auth.csrf-token"]);
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(reply.headers.getSetCookie().find((line) => line.startsWith("countervail="))).toMatch(
      /; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it.each([
    ["an address that is not vouched for", { email: emailOf("colleague"), email_verified: false }, "sso_unverified"],
    ["no address", {}, "sso_unverified"],
    ["an address of a foreign domain", { email: emailOf("qsa"), email_verified: true }, "sso_foreign_domain"],
    ["nobody of ours", { email: "new@entity.example", email_verified: true }, "sso_no_account"],
  ])("refuses %s", async (_what, person, reason) => {
    peer.people.set("somebody", person);
    const left = await world.eventsOf(async () => {
      expect(await signInAs("somebody")).toMatchObject({ trouble: "refused", token: null });
    });
    expect(left).toMatchObject([
      { chain: "entity", action: "session.failed", by: null, detail: { reason, userId: null } },
    ]);
  });

  it("refuses a disabled account", async () => {
    await setAccountDisabled(await world.steppedUp("admin"), world.userId("colleague"), true);
    const left = await world.eventsOf(async () => {
      expect(await signInAs("colleague")).toMatchObject({ trouble: "refused", token: null });
    });
    expect(left.at(-1)).toMatchObject({ detail: { reason: "disabled", userId: world.userId("colleague") } });
    await setAccountDisabled(await world.steppedUp("admin"), world.userId("colleague"), false);
  });

  it("never leads to an account of another organisation, even where it claims that domain", async () => {
    // Somebody of the firm has moved to an address of the entity's domain.
    const email = "moved@entity.example";
    const { prisma } = world.behind;
    await prisma.$transaction([
      prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
      prisma.user.update({ where: { id: world.userId("assistant") }, data: { email } }),
    ]);
    peer.people.set("moved", { email, email_verified: true });
    await setSso(world, peer, { justInTime: true });
    const left = await world.eventsOf(async () => {
      expect(await signInAs("moved")).toMatchObject({ trouble: "refused", token: null });
    });
    expect(left).toMatchObject([{ chain: "entity", detail: { reason: "sso_other_organisation", userId: null } }]);
  });
});

describe("accounts at the first sign-in", () => {
  it("are made where that is switched on: as a member, without a password, to set a second factor up", async () => {
    await setSso(world, peer, { justInTime: true });
    peer.people.set("newcomer", { email: "Nia.New@Entity.example", email_verified: true, name: "Nia New" });
    const left = await world.eventsOf(async () => {
      const { actor, stage } = await session((await signInAs("newcomer")).token);
      expect([actor.name, actor.organisationId, stage]).toEqual(["Nia New", id, "enrol"]);
    });
    expect(left.map(({ chain, action }) => [chain, action])).toEqual([
      ["entity", "sso.account_made"],
      ["entity", "session.started"],
    ]);
    const made = await world.behind.prisma.user.findUniqueOrThrow({
      where: { email: "nia.new@entity.example" },
      include: { memberships: true, credential: true },
    });
    expect(made).toMatchObject({ credential: null, memberships: [{ organisationId: id, role: "member" }] });
    const again = await world.eventsOf(() => signInAs("newcomer"));
    expect(again.map(({ action }) => action)).toEqual(["session.started"]);
  });
});

describe("the provider's own second factor", () => {
  it.each([
    ["a value of amr that is accepted", { acceptedAmr: ["mfa"] }, { amr: ["pwd", "mfa"] }, "full"],
    ["a value of acr that is accepted", { acceptedAcr: ["urn:example:mfa"] }, { acr: "urn:example:mfa" }, "full"],
    ["other values", { acceptedAmr: ["mfa"], acceptedAcr: ["urn:example:mfa"] }, { amr: ["pwd"] }, "factor"],
    ["accepted values where none is accepted", {}, { amr: ["mfa"], acr: "urn:example:mfa" }, "factor"],
  ])("with %s", async (_what, accepted, said, stage) => {
    await setSso(world, peer, accepted);
    const opened = await session((await signInAs("observer", said)).token);
    expect(opened).toMatchObject({ stage, methods: stage === "full" ? ["sso", "sso_mfa"] : ["sso"] });
  });
});

it("opens no locked account, and says so once in the trail", async () => {
  knows("reviewer");
  const opened = await session((await signInAs("reviewer")).token);
  for (let guess = 0; guess < 6; guess += 1) {
    await expect(showCode(world.alone(), opened, "totp", "000000")).rejects.toMatchObject({
      code: "invalid_credentials",
    });
  }
  const left = await world.eventsOf(async () => {
    expect(await signInAs("reviewer")).toMatchObject({ trouble: "refused", token: null });
  });
  expect(left).toMatchObject([{ action: "session.failed", chain: "entity", detail: { reason: "locked" } }]);
});

describe("showing again that it is you", () => {
  async function steppedUp(sub: string, at?: number) {
    await setSso(world, peer, { acceptedAmr: ["mfa"] });
    const { token } = await signInAs("officer", { amr: ["mfa"] });
    const { sessionId } = (await session(token)).actor;
    peer.login = { sub, ...(at === undefined ? {} : { at }) };
    const arrival = await new SsoBrowser(token).signIn(id, "step_up");
    return { arrival, token, sessionId };
  }

  it("is done at the provider, in a window that then closes, and gives the session a new token", async () => {
    const { arrival, token, sessionId } = await steppedUp("officer");
    expect(arrival.to.pathname + arrival.to.search).toBe("/sign-in/done?for=step_up");
    const after = await session(arrival.token);
    expect(after.actor.stepUpAt).toEqual(world.now);
    expect(after.actor.sessionId).toBe(sessionId);
    expect(await sessionOfToken(world.alone(), token ?? "", false)).toBeNull();
  });

  it.each([
    ["somebody else there", "lead", undefined, "other", "sso_other"],
    ["a sign-in there of before", "officer", -60, "unfresh", "sso_unfresh"],
  ])("is not done by %s", async (_what, sub, since, trouble, reason) => {
    const at = since === undefined ? undefined : Math.floor(world.now.getTime() / 1000) + since;
    const left = await world.eventsOf(async () => {
      expect((await steppedUp(sub, at)).arrival).toMatchObject({ trouble, token: null });
    });
    expect(left.at(-1)).toMatchObject({ action: "session.step_up_failed", by: "officer", detail: { reason } });
  });

  it("takes a session", async () => {
    const reply = await new SsoBrowser().depart(id, "step_up");
    expect([reply.status, await reply.json()]).toMatchObject([401, { code: "sign_in_required" }]);
  });
});

describe("coming back to a session that has ended", () => {
  it("takes a fresh sign-in at the provider, which a first one does not", async () => {
    const asked = async (browser: SsoBrowser) => {
      const { url } = (await (await browser.depart(id)).json()) as { url: string };
      return new URL(url).searchParams;
    };
    const first = await asked(new SsoBrowser());
    expect(first.get("prompt")).toBeNull();
    expect(Object.fromEntries(first)).toMatchObject({
      client_id: peer.clientId,
      code_challenge_method: "S256",
      redirect_uri: `http://localhost:4999/api/auth/callback/${id}`,
      response_type: "code",
      scope: "openid email profile",
    });
    expect([first.has("state"), first.has("nonce"), first.has("code_challenge")]).toEqual([true, true, true]);
    const later = await asked(new SsoBrowser("a token of a session that is not there any more"));
    expect([later.get("prompt"), later.get("max_age")]).toEqual(["login", "0"]);
    peer.login = { sub: "lead", at: Math.floor(world.now.getTime() / 1000) - 60 };
    const arrival = await new SsoBrowser("a token of a session that is not there any more").signIn(id);
    expect(arrival).toMatchObject({ trouble: "unfresh", token: null });
  });
});
