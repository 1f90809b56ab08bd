import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET, PUT } from "@/app/api/v1/organisation/sso/route";
import { actorOfToken } from "@/lib/auth/session";
import { openSession } from "@/lib/auth/sign-in";
import type { ChangeSsoInput, SsoDto } from "@/lib/contracts/single-sign-on";
import { findSsoPlace } from "@/lib/services/account/find-sso";
import { changeRole, setAccountDisabled } from "@/lib/services/organisation/manage-accounts";
import { changeSso, checkSso, readSso } from "@/lib/services/organisation/single-sign-on";
import { OidcPeer } from "@/test/oidc-peer";
import { browserOf, serve } from "@/test/requests";
import { rightSso, setSso } from "@/test/sso";
import { World } from "@/test/world";

let world: World;
let peer: OidcPeer;
beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
  peer = await OidcPeer.start([]);
});
afterAll(async () => {
  await peer.stop();
  await world.close();
});

const id = () => world.organisationId("entity");
/** The complaints about some values, by field. */
async function complaints(values: Partial<ChangeSsoInput>): Promise<Record<string, string>> {
  const failure = (await setSso(world, peer, values).catch((error: unknown) => error)) as {
    code: string;
    extras: { errors: { path: string; message: string }[] };
  };
  expect(failure.code).toBe("invalid");
  return Object.fromEntries(failure.extras.errors.map(({ path, message }) => [path, message]));
}

describe("single sign-on", () => {
  it("is nothing before it is set, but for the address that the provider wants to know first", async () => {
    expect(await readSso(await world.as("admin"))).toEqual({
      version: 0,
      issuer: "",
      clientId: "",
      hasSecret: false,
      domains: [],
      acceptedAmr: [],
      acceptedAcr: [],
      justInTime: false,
      breakGlassUserId: null,
      enabled: false,
      redirectUri: `http://localhost:4999/api/auth/callback/${id()}`,
      administrators: [{ id: world.userId("admin"), name: expect.any(String), ready: true }],
      updatedBy: null,
      updatedAt: null,
    });
  });

  it("is set with an event of what changed, and its secret is sealed and told to nobody", async () => {
    const left = await world.eventsOf(() => setSso(world, peer, { enabled: false }));
    const event = left.find(({ action }) => action === "sso.changed");
    expect(event).toMatchObject({
      by: "admin",
      chain: "entity",
      changes: [{ table: "sso_connection", id: id() }],
      detail: { version: 1, issuer: peer.issuer, domains: ["entity.example"], secretChanged: true, before: {} },
    });
    const stored = await world.behind.prisma.ssoConnection.findFirstOrThrow();
    expect(stored.clientSecret).toMatch(/^v1\./);
    const events = await world.behind.prisma.auditEvent.findMany();
    const reply = await (await browserOf(world, "admin"))(GET);
    for (const text of [JSON.stringify([stored, events.map(({ payload }) => payload)]), await reply.text()]) {
      expect(text).not.toContain(peer.clientSecret);
    }
    const switched = await world.eventsOf(() => setSso(world, peer, { clientSecret: "" }));
    expect(switched.at(-1)?.detail).toEqual({ version: 2, enabled: true, before: { enabled: false } });
    expect((await world.behind.prisma.ssoConnection.findFirstOrThrow()).clientSecret).toBe(stored.clientSecret);
  });

  it("takes the second of two changes that began at the same version for stale, and shows what is stored", async () => {
    const admin = await world.steppedUp("admin");
    const { version } = await readSso(admin);
    const both = await Promise.allSettled(
      ["one", "two"].map((clientId) => changeSso(admin, { ...rightSso(world, peer), version, clientId })),
    );
    const won = both.find((one) => one.status === "fulfilled")?.value as SsoDto;
    expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({
      code: "stale",
      extras: { current: won },
    });
    await setSso(world, peer);
  });

  it("says beside each field what is wrong", async () => {
    expect(await complaints({ domains: ["entity.example", "else.example"] })).toEqual({
      domains: "Nobody of your organisation has an address of else.example. Invite somebody first.",
    });
    expect(await complaints({ domains: [] })).toHaveProperty("domains");
    expect(await complaints({ breakGlassUserId: null })).toHaveProperty("breakGlassUserId");
    expect(await complaints({ breakGlassUserId: world.userId("lead") })).toHaveProperty("breakGlassUserId");
    expect(await complaints({ issuer: `${peer.issuer}/nowhere` })).toEqual({
      issuer: `${peer.issuer}/nowhere/.well-known/openid-configuration answers with status 404 in place of a document.`,
    });
    const admin = await browserOf(world, "admin");
    const body = { ...rightSso(world, peer), version: 0 };
    for (const bad of [
      { issuer: "ftp://x" },
      { issuer: "https://a:b@x.example" },
      { domains: ["no domain"] },
      { clientId: " " },
    ]) {
      const reply = await admin(PUT, { method: "PUT", body: { ...body, ...bad } });
      expect([reply.status, await reply.json()]).toMatchObject([
        422,
        { errors: [{ path: expect.stringContaining(Object.keys(bad)[0] ?? "") }] },
      ]);
    }
  });

  it("asks for an administrator who can come in: with a password that serves and a second factor", async () => {
    await changeRole(await world.steppedUp("admin"), world.userId("isa"), "admin");
    await world.withoutFactors("isa");
    expect(await complaints({ breakGlassUserId: world.userId("isa") })).toEqual({
      breakGlassUserId: "Choose an administrator who has a password and a second factor here.",
    });
  });

  it("keeps the one who may break the glass an enabled administrator while it is on", async () => {
    await setSso(world, peer);
    await changeRole(await world.steppedUp("admin"), world.userId("officer"), "admin");
    // Past the page of passwords, which is closed to them.
    const { token } = await openSession(world.alone(), world.userId("officer"), ["sso", "sso_mfa"], "test");
    const actor = await actorOfToken(world.alone(), token, true);
    const officer = { ...world.alone(), actor: actor && { ...actor, stepUpAt: world.now } };
    const admin = world.userId("admin");
    for (const closed of [() => changeRole(officer, admin, "member"), () => setAccountDisabled(officer, admin, true)]) {
      await expect(closed()).rejects.toMatchObject({ code: "wrong_state" });
    }
  });

  it("is an administrator's to change, who has just shown who they are, and theirs to read", async () => {
    const input = { ...rightSso(world, peer), version: 1 };
    await setSso(world, peer, { enabled: false });
    const lead = await world.steppedUp("lead");
    for (const refused of [() => changeSso(lead, input), () => checkSso(lead, peer.issuer), () => readSso(lead)]) {
      await expect(refused()).rejects.toMatchObject({ code: "forbidden" });
    }
    const plain = await world.as("firmAdmin");
    for (const refused of [() => changeSso(plain, input), () => checkSso(plain, peer.issuer)]) {
      await expect(refused()).rejects.toMatchObject({ code: "step_up_required" });
    }
  });
});

describe("a domain", () => {
  it("belongs to one organisation of the service, and leads to its provider while that is on", async () => {
    await setSso(world, peer);
    await world.behind.prisma.$transaction([
      world.behind.prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
      world.behind.prisma.user.update({ where: { id: world.userId("qsa") }, data: { email: "qsa@entity.example" } }),
    ]);
    const firm = await world.steppedUp("firmAdmin");
    const input = { ...rightSso(world, peer), version: 0, enabled: false, breakGlassUserId: null };
    await expect(changeSso(firm, input)).rejects.toMatchObject({
      extras: { errors: [{ path: "domains", message: "Another organisation signs in with entity.example." }] },
    });
    expect(await findSsoPlace(world.alone(), "nobody-at-all@entity.example")).toEqual({ connectionId: id() });
    await expect(findSsoPlace(world.alone(), "somebody@firm.example")).rejects.toMatchObject({ code: "not_found" });
    await setSso(world, peer, { enabled: false });
    await expect(findSsoPlace(world.alone(), "admin@entity.example")).rejects.toMatchObject({ code: "not_found" });
  });

  it("goes to the first of two who claim it at once", async () => {
    await setSso(world, peer, { enabled: false, domains: [] });
    const [admin, firm] = [await world.steppedUp("admin"), await world.steppedUp("firmAdmin")];
    const { version } = await readSso(admin);
    const rest = { ...rightSso(world, peer), enabled: false, breakGlassUserId: null };
    const both = await Promise.allSettled([
      changeSso(admin, { ...rest, version }),
      changeSso(firm, { ...rest, version: 0 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("looking at a provider", () => {
  it.each([
    ["http://idp.example", "The issuer has to begin with https://."],
    ["https://127.0.0.1:1", /127\.0\.0\.1:1 could not be reached/],
    ["https://10.0.0.1", /10\.0\.0\.1 is not at a public address/],
    ["https://169.254.169.254", /not at a public address/],
    ["https://[::ffff:10.0.0.1]", /not at a public address/],
    ["https://0x0a000001", /not at a public address/],
  ])("%s", async (issuer, words) => {
    expect((await checkSso(await world.steppedUp("admin"), issuer)).problem).toMatch(words);
  });

  it("finds nothing wrong with a right one, and says how its issuer is written", async () => {
    const admin = await world.steppedUp("admin");
    expect(await checkSso(admin, peer.issuer)).toEqual({ problem: null });
    expect((await checkSso(admin, `${peer.issuer}/`)).problem).toContain(`Write the issuer exactly so: ${peer.issuer}`);
  });
});
