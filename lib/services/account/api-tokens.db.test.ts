import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actorOfApiToken } from "@/lib/auth/api-token";
import { isApiToken } from "@/lib/auth/api-token-text";
import { makeEvent, SYSTEM_LOG } from "@/lib/auth/events";
import { changeIdentity } from "@/lib/auth/open";
import { newToken, tokenHash } from "@/lib/auth/session-token";
import type { MakeTokenInput } from "@/lib/contracts/api-tokens";
import { insertPasswordReset } from "@/lib/data/password-resets";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";
import { changePassword } from "@/lib/services/account/change-password";
import { listOwnTokens, makeToken, revokeOwnToken } from "@/lib/services/account/own-tokens";
import { acceptPasswordReset } from "@/lib/services/account/reset-password";
import { readPeoplesTokens, revokePersonsToken } from "@/lib/services/organisation/api-tokens";
import { decideOnFactorReset, requestFactorReset } from "@/lib/services/organisation/factor-resets";
import { changeRole, setAccountDisabled } from "@/lib/services/organisation/manage-accounts";
import { resetPassword } from "@/lib/services/organisation/reset-password";
import { changeSecurityPolicy, readSecurityPolicy } from "@/lib/services/organisation/security-policy";
import { makeEngagement } from "@/test/engagement";
import { PASSWORD, type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const READ: MakeTokenInput = { name: "Nightly report", scope: "read", engagementIds: null, days: 90 };
const make = async (person: Person, input: Partial<MakeTokenInput> = {}) =>
  makeToken(await world.steppedUp(person), { ...READ, ...input });
const shown = (token: string) => actorOfApiToken(world.alone(), token);
const refused = (reason: string) => ({ refused: { reason } });
const daysAllowed = async (tokenDays: number) => {
  const { version } = await readSecurityPolicy(await world.as("admin"));
  await changeSecurityPolicy(await world.steppedUp("admin"), { ...BUILT_IN_POLICY, tokenDays, version });
};

describe("a token", () => {
  it("is made after showing again who one is, is shown once, and is stored as nothing but its digest", async () => {
    world.pass({ minutes: 10 });
    const denied = await world.eventsOf(async () => {
      await expect(makeToken(await world.as("contributor"), READ)).rejects.toMatchObject({ code: "step_up_required" });
    });
    expect(denied.map(({ action }) => action)).toContain("access.denied");

    const context = await world.steppedUp("contributor");
    const left = await world.eventsOf(() => makeToken(context, READ));
    expect(left).toMatchObject([
      { chain: "entity", action: "token.made", by: "contributor", detail: { scope: "read" } },
    ]);
    const { token, ...dto } = await make("contributor", { engagementIds: [engagementId] });
    expect(isApiToken(token)).toBe(true);
    const { items } = await listOwnTokens(await world.as("contributor"));
    expect(items).toContainEqual(dto);
    expect(JSON.stringify(items)).not.toContain(token);
    const rows = await world.behind.prisma.apiToken.findMany();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.map(({ tokenHash }) => tokenHash)).toEqual(rows.map(() => expect.stringMatching(/^[0-9a-f]{64}$/)));
  });

  it("acts as its person, and tells to the minute when it was used last", async () => {
    const { token, id } = await make("contributor", { scope: "write", engagementIds: [engagementId] });
    const acting = await shown(token);
    expect(acting).toMatchObject({
      actor: {
        userId: world.userId("contributor"),
        stepUpAt: null,
        token: { id, scope: "write", engagementIds: [engagementId] },
      },
    });
    const used = async () =>
      (await listOwnTokens(await world.as("contributor"))).items.find((one) => one.id === id)?.lastUsedAt;
    const minute = (at: Date) => `${at.toISOString().slice(0, 16)}:00.000Z`;
    expect(await used()).toBe(minute(world.now));
    world.pass({ minutes: 2, seconds: 7 });
    await Promise.all([shown(token), shown(token), shown(token)]);
    expect(await used()).toBe(minute(world.now));
  });

  it("ends at its time, when it is revoked, and with what the policy says at once", async () => {
    const short = await make("reviewer", { days: 1 });
    const revoked = await make("reviewer");
    const long = await make("reviewer", { days: 365 });
    await revokeOwnToken(await world.as("reviewer"), revoked.id);
    await expect(revokeOwnToken(await world.as("reviewer"), revoked.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeOwnToken(await world.as("lead"), long.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await shown(revoked.token)).toMatchObject(refused("revoked"));
    world.pass({ hours: 24, seconds: 1 });
    expect(await shown(short.token)).toMatchObject(refused("expired"));
    expect(await shown(long.token)).toHaveProperty("actor");

    await daysAllowed(1);
    expect(await shown(long.token)).toMatchObject(refused("expired"));
    expect((await listOwnTokens(await world.as("reviewer"))).items).toEqual([]);
    await expect(make("reviewer", { days: 2 })).rejects.toMatchObject({ code: "invalid" });
    await daysAllowed(0);
    expect(await shown(long.token)).toMatchObject(refused("forbidden"));
    await expect(make("reviewer", { days: 1 })).rejects.toMatchObject({ code: "blocked" });
    await daysAllowed(365);
    expect(await shown(long.token)).toHaveProperty("actor");
    expect(await shown(revoked.token)).toMatchObject(refused("revoked"));
  });

  it("is limited to engagements of its person's own", async () => {
    const foreign = await make("lead", { engagementIds: [engagementId] });
    expect(foreign.engagementIds).toEqual([engagementId]);
    for (const person of ["stranger", "firmAdmin"] as const) {
      const ids = person === "stranger" ? [engagementId] : ["019b0000-0000-7000-8000-000000000000"];
      await expect(make(person, { engagementIds: ids })).rejects.toMatchObject({ code: "invalid" });
    }
  });

  it("is one of a number that can be looked over", async () => {
    const context = await world.steppedUp("observer");
    const outcomes = await Promise.allSettled(Array.from({ length: 22 }, () => makeToken(context, READ)));
    const failed = outcomes.filter(({ status }) => status === "rejected");
    expect(failed).toHaveLength(2);
    expect(failed).toEqual(
      failed.map(() => expect.objectContaining({ reason: expect.objectContaining({ code: "blocked" }) })),
    );
  });
});

describe("an administrator", () => {
  it("sees the tokens of the own people without what they are, and revokes them", async () => {
    const { token, id } = await make("colleague");
    const listed = await readPeoplesTokens(await world.as("admin"));
    expect(listed.items.find((one) => one.id === id)).toMatchObject({ person: { id: world.userId("colleague") } });
    expect(JSON.stringify(listed)).not.toContain(token);
    await expect(readPeoplesTokens(await world.as("colleague"))).rejects.toMatchObject({ code: "forbidden" });
    const elsewhere = await readPeoplesTokens(await world.as("stranger"));
    expect(elsewhere.items).toEqual([]);

    await expect(revokePersonsToken(await world.steppedUp("stranger"), id)).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await shown(token)).toHaveProperty("actor");
    const context = await world.steppedUp("admin");
    const left = await world.eventsOf(() => revokePersonsToken(context, id));
    expect(left).toMatchObject([
      { chain: "entity", action: "token.revoked", by: "admin", detail: { personId: world.userId("colleague") } },
    ]);
    expect(await shown(token)).toMatchObject(refused("revoked"));
  });

  it("stops a person's tokens with the account, and an account that is enabled again begins without", async () => {
    const { token, id } = await make("colleague");
    const context = await world.steppedUp("admin");
    const left = await world.eventsOf(() => setAccountDisabled(context, world.userId("colleague"), true));
    expect(left).toMatchObject([{ action: "person.disabled", detail: { tokensRevoked: [id] } }]);
    expect(await shown(token)).toMatchObject(refused("disabled"));
    await setAccountDisabled(await world.steppedUp("admin"), world.userId("colleague"), false);
    expect(await shown(token)).toMatchObject(refused("revoked"));

    const other = await make("colleague");
    await changeRole(await world.steppedUp("admin"), world.userId("colleague"), "admin");
    expect(await shown(other.token)).toMatchObject(refused("revoked"));
  });

  it("stops a person's tokens with whatever answers a stolen account, and tells so", async () => {
    const ends = async (action: string, person: Person, work: () => Promise<unknown>) => {
      const { token, id } = await make(person);
      const left = await world.eventsOf(work);
      expect(left.find((event) => event.action === action)).toMatchObject({
        detail: { tokensRevoked: expect.arrayContaining([id]) },
      });
      expect((await shown(token)) as object, action).toHaveProperty("refused");
      const row = await world.behind.prisma.apiToken.findUniqueOrThrow({ where: { id } });
      expect(row.revokedAt, action).not.toBeNull();
    };
    const newPassword = "seven lanterns over the quay";
    await ends("password.changed", "reviewer", async () =>
      changePassword(await world.as("reviewer"), await world.session("reviewer"), {
        currentPassword: PASSWORD,
        newPassword,
      }),
    );
    await ends("password.reset_made", "isa", async () =>
      resetPassword(await world.steppedUp("admin"), world.userId("isa")),
    );
    const link = newToken();
    await changeIdentity(world.alone(), async (tx) => {
      const { id } = await insertPasswordReset(tx, world.userId("qsa"), tokenHash(link), null);
      const body = { action: "password.reset_requested", requestId: "test" } as const;
      const detail = { userId: world.userId("qsa"), outcome: "mailed" };
      tx.record(makeEvent(SYSTEM_LOG, tx.now, null, { ...body, detail }, [{ table: "password_reset", id }]));
    });
    await ends("password.reset", "qsa", () =>
      acceptPasswordReset(world.alone(), { token: link, password: newPassword }),
    );
    const asked = await requestFactorReset(await world.steppedUp("admin"), world.userId("lead"), "Lost.");
    await ends("factor.reset_approved", "lead", async () =>
      decideOnFactorReset(await world.steppedUp("colleague"), asked.id, "approved"),
    );
  });

  it("does not keep a token at work whose person is locked or has to choose a password", async () => {
    const { token } = await make("officer");
    const userId = world.userId("officer");
    const { prisma } = world.behind;
    const lockedUntil = new Date(world.now.getTime() + 60_000);
    await prisma.signInGuard.upsert({ where: { userId }, create: { userId, lockedUntil }, update: { lockedUntil } });
    expect(await shown(token)).toMatchObject(refused("locked"));
    world.pass({ minutes: 2 });
    expect(await shown(token)).toHaveProperty("actor");
    await prisma.credential.update({ where: { userId }, data: { mustChange: true } });
    expect(await shown(token)).toMatchObject(refused("password_ended"));
  });
});
