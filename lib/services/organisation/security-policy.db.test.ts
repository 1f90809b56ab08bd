import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET, PUT } from "@/app/api/v1/organisation/policy/route";
import { actorOfToken, requireSession, sessionOfToken } from "@/lib/auth/session";
import { checkPassword } from "@/lib/auth/sign-in";
import type { SecurityPolicyDto } from "@/lib/contracts/security-policy";
import { BUILT_IN_POLICY, POLICY_NAMES, POLICY_RANGES, type SecurityPolicy } from "@/lib/domain/security/policy";
import { changePassword } from "@/lib/services/account/change-password";
import { readAccounts } from "@/lib/services/organisation/list-people";
import { changeSecurityPolicy, readSecurityPolicy } from "@/lib/services/organisation/security-policy";
import { browserOf, serve } from "@/test/requests";
import { emailOf, PASSWORD, World } from "@/test/world";

let world: World;
beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
});
afterAll(() => world.close());
beforeEach(() => world.pass({ hours: 1 }));

const version = async () => (await readSecurityPolicy(await world.as("admin"))).version;
const set = async (values: Partial<SecurityPolicy>) =>
  changeSecurityPolicy(await world.steppedUp("admin"), { ...BUILT_IN_POLICY, ...values, version: await version() });

describe("the security policy", () => {
  it("is the built-in one before anything is set, and an event says what became of it", async () => {
    expect(await readSecurityPolicy(await world.as("lead"))).toEqual({
      ...BUILT_IN_POLICY,
      version: 0,
      updatedBy: null,
      updatedAt: null,
    });
    const left = await world.eventsOf(() => set({ idleMinutes: 5, passwordHistory: 10 }));
    expect(left.at(-1)).toMatchObject({
      action: "policy.changed",
      by: "admin",
      chain: "entity",
      changes: [{ table: "organisation_policy", id: world.organisationId("entity") }],
      detail: { version: 1, idleMinutes: 5, passwordHistory: 10, before: { idleMinutes: 15, passwordHistory: 4 } },
    });
    expect(Object.keys(left.at(-1)?.detail ?? {}).sort()).toEqual([
      "before",
      "idleMinutes",
      "passwordHistory",
      "version",
    ]);
    expect(await readSecurityPolicy(await world.as("lead"))).toMatchObject({
      idleMinutes: 5,
      version: 1,
      updatedBy: { id: world.userId("admin") },
    });
    // What another organisation sets is its own.
    expect((await readSecurityPolicy(await world.as("qsa"))).version).toBe(0);
  });

  it("is in force with the next request of everybody: sessions, locks and passwords", async () => {
    await set({});
    const token = await world.signedIn("reviewer");
    const session = requireSession(await sessionOfToken(world.alone(), token, true));
    world.pass({ minutes: 6 });
    expect(await actorOfToken(world.alone(), token, false)).not.toBeNull();
    await set({ idleMinutes: 5, maxFailures: 3, lockMinutes: 60, passwordMinLength: 20, maxSessions: 1 });
    expect(await actorOfToken(world.alone(), token, false)).toBeNull();

    const first = await world.signedIn("isa");
    await world.signedIn("isa");
    expect(await actorOfToken(world.alone(), first, false)).toBeNull();

    const change = { currentPassword: PASSWORD, newPassword: "nineteen characters" };
    await expect(changePassword(world.alone(), session, change)).rejects.toMatchObject({
      extras: { errors: [{ path: "newPassword", message: "Use at least 20 characters." }] },
    });
    for (const _ of [1, 2, 3])
      await expect(checkPassword(world.alone(), emailOf("officer"), "wrong")).rejects.toBeDefined();
    const locked = (await readAccounts(await world.as("admin"))).items.find(({ id }) => id === world.userId("officer"));
    expect(locked?.lockedUntil).toBe(new Date(world.now.getTime() + 60 * 60_000).toISOString());
  });

  it("takes the second of two changes that began at the same version for stale, and shows what is stored", async () => {
    await set({});
    const at = await version();
    const admin = await world.steppedUp("admin");
    const both = await Promise.allSettled(
      [8, 9].map((idleMinutes) => changeSecurityPolicy(admin, { ...BUILT_IN_POLICY, version: at, idleMinutes })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const won = both.find((one) => one.status === "fulfilled")?.value as SecurityPolicyDto;
    expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({
      code: "stale",
      extras: { current: won },
    });
    const firm = await world.steppedUp("firmAdmin");
    const fresh = await Promise.allSettled(
      [8, 9].map((idleMinutes) => changeSecurityPolicy(firm, { ...BUILT_IN_POLICY, version: 0, idleMinutes })),
    );
    expect(fresh.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is never looser than the built-in one", async () => {
    await set({});
    const admin = await browserOf(world, "admin");
    const values = { ...BUILT_IN_POLICY, version: await version() };
    for (const name of POLICY_NAMES) {
      const { least, most } = POLICY_RANGES[name];
      for (const bad of [least - 1, most + 1, least + 0.5, "12", null]) {
        const reply = await admin(PUT, { method: "PUT", body: { ...values, [name]: bad } });
        expect([reply.status, await reply.json()], `${name} ${bad}`).toMatchObject([422, { errors: [{ path: name }] }]);
      }
    }
    expect(await (await admin(GET)).json()).toMatchObject(BUILT_IN_POLICY);
  });

  it("is an administrator's to change, who has just shown who they are", async () => {
    const input = { ...BUILT_IN_POLICY, version: await version() };
    await expect(changeSecurityPolicy(await world.steppedUp("lead"), input)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(changeSecurityPolicy(await world.as("admin"), input)).rejects.toMatchObject({
      code: "step_up_required",
    });
  });
});
