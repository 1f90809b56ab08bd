import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actorOfApiToken } from "@/lib/auth/api-token";
import type { SignedInContext } from "@/lib/auth/context";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import type { MakeTokenInput } from "@/lib/contracts/api-tokens";
import { seenOf } from "@/lib/contracts/service-accounts";
import { withConnection } from "@/lib/db/connect";
import { saysService, serviceName } from "@/lib/domain/access/service-accounts";
import { BUILT_IN_POLICY } from "@/lib/domain/security/policy";
import { makeToken } from "@/lib/services/account/own-tokens";
import { askPasswordReset } from "@/lib/services/account/reset-password";
import { addMember, readCandidates, readMembers, removeMember } from "@/lib/services/engagement/manage-members";
import { readPeoplesTokens, revokePersonsToken } from "@/lib/services/organisation/api-tokens";
import { requestFactorReset } from "@/lib/services/organisation/factor-resets";
import { readAccounts, readPeople } from "@/lib/services/organisation/list-people";
import { changeRole, setAccountDisabled, unlockAccount } from "@/lib/services/organisation/manage-accounts";
import { resetPassword } from "@/lib/services/organisation/reset-password";
import { changeSecurityPolicy, readSecurityPolicy } from "@/lib/services/organisation/security-policy";
import {
  changeServiceAccount,
  makeServiceAccount,
  readServiceAccounts,
  reviewServiceAccount,
  setServiceAccountDisabled,
} from "@/lib/services/organisation/service-accounts";
import { makeServiceToken, revokeServiceToken } from "@/lib/services/organisation/service-tokens";
import { readEngagementTrail } from "@/lib/services/trail/read-trail";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { setAssignees } from "@/lib/services/worksheet/set-assignees";
import { makeEngagement, openSheet } from "@/test/engagement";
import { doc, para } from "@/test/fixtures/narrative";
import { PASSWORD, type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world, { assessor: false });
});
afterAll(() => world.close());

const WRITE: MakeTokenInput = { name: "Bridge", scope: "write", engagementIds: null, days: 90 };
const make = async (owner: Person = "colleague", name = `Program ${randomUUID()}`) =>
  makeServiceAccount(await world.steppedUp("admin"), {
    ...{ name, purpose: "Brings tickets in." },
    ownerId: world.userId(owner),
  });
const tokenFor = async (id: string, input: Partial<MakeTokenInput> = {}) =>
  makeServiceToken(await world.steppedUp("admin"), id, { ...WRITE, ...input });
const shown = (token: string) => actorOfApiToken(world.alone(), token);
const program = async (token: string): Promise<SignedInContext> => {
  const acting = await shown(token);
  if (!("actor" in acting)) throw new Error(`refused: ${acting.refused.reason}`);
  return { ...world.alone(), actor: acting.actor };
};
const stored = async (id: string) =>
  (await readServiceAccounts(await world.as("admin"))).items.find((one) => one.id === id);

const seen = async (id: string) => {
  const account = await stored(id);
  if (!account) throw new Error("It is not listed.");
  return seenOf(account);
};

describe("a service account", () => {
  it("is made by an administrator who shows again who they are, with a person to answer for it", async () => {
    world.pass({ minutes: 10 });
    const input = { name: "Early", purpose: "x", ownerId: world.userId("lead") };
    for (const [person, code] of [
      ["admin", "step_up_required"],
      ["lead", "forbidden"],
    ] as const) {
      await expect(makeServiceAccount(await world.as(person), input)).rejects.toMatchObject({ code });
    }
    await world.steppedUp("admin");
    const left = await world.eventsOf(() => make("colleague", "Ticket bridge"));
    expect(left).toMatchObject([{ chain: "entity", action: "service_account.made", by: "admin" }]);
    expect(left[0]?.changes.map(({ table }) => table).sort()).toEqual(["app_user", "membership", "service_account"]);
    await expect(make("lead", "ticket BRIDGE")).rejects.toMatchObject({ code: "already_exists" });
    for (const owner of ["stranger", "qsa"] as const) {
      await expect(make(owner)).rejects.toMatchObject({ code: "invalid" });
    }
    const other = await make();
    const asOwner = { name: "Nested", purpose: "x", ownerId: other.id };
    await expect(makeServiceAccount(await world.steppedUp("admin"), asOwner)).rejects.toMatchObject({
      code: "invalid",
    });
    expect((await readServiceAccounts(await world.as("stranger"))).items).toEqual([]);
    await expect(readServiceAccounts(await world.as("lead"))).rejects.toMatchObject({ code: "forbidden" });
    const foreign = changeServiceAccount(await world.steppedUp("stranger"), other.id, {
      ...asOwner,
      version: 1,
    } as never);
    await expect(foreign).rejects.toMatchObject({ code: "not_found" });
  });

  it("is apart from people, and what is done to people is not done to it", async () => {
    const { id } = await make();
    const { token, id: tokenId } = await tokenFor(id);
    const admin = await world.steppedUp("admin");
    const lists = [(await readPeople(admin)).items, (await readAccounts(admin)).items];
    for (const people of lists) expect(people.map((one) => one.id)).not.toContain(id);
    expect((await readPeoplesTokens(admin)).items.map((one) => one.id)).not.toContain(tokenId);
    const acts = [
      () => changeRole(admin, id, "admin"),
      () => setAccountDisabled(admin, id, true),
      () => unlockAccount(admin, id),
      () => resetPassword(admin, id),
      () => requestFactorReset(admin, id, "Lost."),
      () => revokePersonsToken(admin, tokenId),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: "not_found" });
    expect(await shown(token)).toHaveProperty("actor");
  });

  it("has no door: nobody signs in as it, by nothing, also when somebody writes past us", async () => {
    const { id, name } = await make();
    for (const address of [id, name, serviceName(name), "", "null", `${id}@entity.example`]) {
      await expect(checkPassword(world.alone(), address, PASSWORD)).rejects.toMatchObject({
        code: "invalid_credentials",
      });
    }
    const asked = await world.eventsOf(() => askPasswordReset(world.alone(), serviceName(name)));
    expect(asked).toMatchObject([{ detail: { outcome: "unknown_account" }, changes: [] }]);
    await expect(openSession(world.alone(), id, ["password", "totp"], "test")).rejects.toMatchObject({
      code: "invalid_credentials",
    });
    const acting = await program((await tokenFor(id)).token);
    await expect(stepUp(acting, { password: PASSWORD })).rejects.toMatchObject({ code: "sign_in_required" });
    await expect(makeToken(acting, WRITE)).rejects.toMatchObject({ code: "step_up_required" });

    const { prisma } = world.behind;
    const [userId, at] = [id, world.now];
    const organisationId = world.organisationId("entity");
    const later = new Date(at.getTime() + 60_000);
    const connection = await prisma.ssoConnection.findFirst();
    expect(connection).toBeNull();
    const writes: Record<string, () => Promise<unknown>> = {
      credential: () => prisma.credential.create({ data: { userId, passwordHash: "x" } }),
      password_history: () => prisma.passwordHistory.create({ data: { userId, passwordHash: "x", replacedAt: at } }),
      password_reset: () =>
        prisma.passwordReset.create({ data: { userId, tokenHash: "x", createdAt: at, expiresAt: later } }),
      session: () =>
        prisma.session.create({
          data: { userId, tokenHash: "x", tokenChangedAt: at, stage: "full", createdAt: at, lastSeenAt: at },
        }),
      totp_factor: () => prisma.totpFactor.create({ data: { userId, organisationId, secret: "x", createdAt: at } }),
      passkey: () =>
        prisma.passkey.create({
          data: {
            ...{ userId, credentialId: "x", publicKey: Buffer.from("x"), counter: 0n, transports: [] },
            ...{ backedUp: false, name: "x", createdAt: at },
          },
        }),
      recovery_code: () => prisma.recoveryCode.create({ data: { userId, codeHash: "x", createdAt: at } }),
      factor_reset: () =>
        prisma.factorReset.create({
          data: {
            ...{ organisationId, userId, requestedById: world.userId("admin"), reason: "x" },
            ...{ createdAt: at, expiresAt: later },
          },
        }),
      sso_identity: () =>
        prisma.ssoIdentity.create({ data: { userId, connectionId: randomUUID(), subject: "x", createdAt: at } }),
      invitation: () =>
        prisma.invitation.create({
          data: {
            ...{ organisationId, email: "a@entity.example", name: "x", role: "member", tokenHash: "x" },
            ...{ invitedById: userId, expiresAt: later },
          },
        }),
      sso_connection: () =>
        prisma.ssoConnection.create({
          data: {
            ...{ organisationId, issuer: "https://idp.example", clientId: "x", clientSecret: "x", domains: [] },
            ...{ acceptedAmr: [], acceptedAcr: [], breakGlassUserId: userId, updatedById: userId, updatedAt: at },
          },
        }),
    };
    for (const [table, write] of Object.entries(writes)) {
      await expect(write(), table).rejects.toThrow(`a service account never has a row of ${table}`);
    }
    const admin = prisma.membership.update({ where: { userId }, data: { role: "admin" } });
    await expect(admin).rejects.toThrow("a service account never is a admin");
    for (const role of ["lead", "internal_reviewer", "isa", "officer", "qsa_lead"]) {
      const write = prisma.engagementMember.create({ data: { engagementId, organisationId, userId, role } });
      await expect(write, role).rejects.toThrow(/service account never is/);
    }
  });

  it("has a name that tells, and no person gets one like it", async () => {
    const { prisma } = world.behind;
    const person = { email: "who@entity.example", name: "Who (Service Account)" };
    await expect(prisma.user.create({ data: person })).rejects.toThrow(/names of service accounts/);
    await expect(prisma.user.create({ data: { email: null, name: "Who" } })).rejects.toThrow(
      /names of service accounts/,
    );
    const { id } = await make();
    const became = prisma.user.update({ where: { id }, data: { email: "program@entity.example" } });
    await expect(became).rejects.toThrow(/stays one/);
    for (const like of ["Bot (service account)\u200b", "Bot (serv\u00adice account)"])
      expect(saysService(like)).toBe(true);
  });
});

describe("in an engagement", () => {
  it("is given the roles of a program by its lead, and is told apart", async () => {
    const { id, name } = await make();
    const lead = await world.steppedUp("lead");
    for (const role of ["lead", "internal_reviewer", "isa", "officer"] as const) {
      await expect(addMember(lead, engagementId, { userId: id, role })).rejects.toMatchObject({ code: "invalid" });
    }
    await addMember(lead, engagementId, { userId: id, role: "contributor" });
    const { items } = await readMembers(await world.as("lead"), engagementId);
    expect(items.find(({ userId }) => userId === id)).toMatchObject({ name: serviceName(name), email: null });
    const candidates = (await readCandidates(await world.as("lead"), engagementId)).items;
    expect(candidates.find((one) => one.id === id)).toMatchObject({ email: null });
    expect(await stored(id)).toMatchObject({ engagements: [{ id: engagementId, roles: ["contributor"] }] });
  });

  it("writes what is assigned to it; then neither it nor who answers for it decides over that", async () => {
    const sheet = await openSheet(world, engagementId, "8.3.4");
    const { id } = await make("isa");
    await addMember(await world.steppedUp("lead"), engagementId, { userId: id, role: "contributor" });
    const { token } = await tokenFor(id, { engagementIds: [engagementId] });
    const acting = await program(token);
    const content = { narrative: doc(para("From the ticket.")), items: { objectiveRef: "" } };
    const save = () => saveSection(acting, sheet, "objective", { baseVersion: 0, content });
    await expect(save()).rejects.toMatchObject({ code: "forbidden" });
    await setAssignees(await world.as("lead"), sheet, [id, world.userId("contributor")]);
    const left = await world.eventsOf(save);
    expect(left).toMatchObject([{ action: "section.saved", origin: { tokenId: acting.actor.token?.id } }]);
    const authors = await world.behind.prisma.worksheetAuthor.findMany({ where: { worksheetId: sheet } });
    expect(authors.map(({ userId }) => userId)).toEqual(expect.arrayContaining([id, world.userId("isa")]));
    // Whoever answers for it from now on wrote what it writes from now on.
    const { version = 0 } = (await stored(id)) ?? {};
    const change = { version, purpose: "Other.", ownerId: world.userId("officer") };
    await changeServiceAccount(await world.steppedUp("admin"), id, change);
    await saveSection(acting, sheet, "objective", { baseVersion: 1, content });
    const now = await world.behind.prisma.worksheetAuthor.findMany({ where: { worksheetId: sheet } });
    expect(now.map(({ userId }) => userId)).toContain(world.userId("officer"));
    const trail = await readEngagementTrail(await world.as("lead"), engagementId, { limit: 20 });
    const told = trail.items.find(({ action }) => action === "section.saved");
    expect(told?.actor?.name).toMatch(/ \(service account\)$/);
    const other = await make();
    await expect(tokenFor(other.id, { engagementIds: [engagementId] })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("its tokens", () => {
  it("are made by an administrator, and end when they are revoked, with the policy and with the account", async () => {
    const { id } = await make();
    await expect(makeServiceToken(await world.as("lead"), id, WRITE)).rejects.toMatchObject({ code: "forbidden" });
    const foreign = makeServiceToken(await world.steppedUp("stranger"), id, WRITE);
    await expect(foreign).rejects.toMatchObject({ code: "not_found" });
    const left = await world.eventsOf(() => tokenFor(id));
    expect(left).toMatchObject([{ action: "token.made", by: "admin", detail: { personId: id } }]);
    const first = await tokenFor(id);
    const second = await tokenFor(id);
    expect((await program(second.token)).actor).toMatchObject({ userId: id, stepUpAt: null, sessionId: "" });
    expect((await stored(id))?.tokens.map((one) => one.id)).toEqual(expect.arrayContaining([first.id, second.id]));
    const other = await make();
    const astray = revokeServiceToken(await world.steppedUp("admin"), other.id, first.id);
    await expect(astray).rejects.toMatchObject({ code: "not_found" });
    await revokeServiceToken(await world.steppedUp("admin"), id, first.id);
    expect(await shown(first.token)).toMatchObject({ refused: { reason: "revoked" } });

    const policy = async (tokenDays: number) => {
      const { version } = await readSecurityPolicy(await world.as("admin"));
      await changeSecurityPolicy(await world.steppedUp("admin"), { ...BUILT_IN_POLICY, tokenDays, version });
    };
    await policy(0);
    expect(await shown(second.token)).toMatchObject({ refused: { reason: "forbidden" } });
    await expect(tokenFor(id, { days: 1 })).rejects.toMatchObject({ code: "blocked" });
    await policy(30);
    await expect(tokenFor(id, { days: 31 })).rejects.toMatchObject({ code: "invalid" });
    await policy(365);

    const ended = await world.eventsOf(async () => setServiceAccountDisabled(await world.steppedUp("admin"), id, true));
    expect(ended).toMatchObject([
      { action: "service_account.disabled", detail: { tokensRevoked: expect.arrayContaining([second.id]) } },
    ]);
    expect(await shown(second.token)).toHaveProperty("refused");
    await expect(tokenFor(id)).rejects.toMatchObject({ code: "wrong_state" });
    await setServiceAccountDisabled(await world.steppedUp("admin"), id, false);
    expect(await shown(second.token)).toMatchObject({ refused: { reason: "revoked" } });
  });
});

describe("who answers for it", () => {
  it("is asked for again when that person has left, before anything else is done", async () => {
    const { id, version } = await make("officer");
    const admin = await world.steppedUp("admin");
    await setAccountDisabled(admin, world.userId("officer"), true);
    expect(await stored(id)).toMatchObject({ owner: { id: world.userId("officer"), left: true } });
    await expect(tokenFor(id)).rejects.toMatchObject({ code: "blocked" });
    await expect(reviewServiceAccount(admin, id, await seen(id))).rejects.toMatchObject({ code: "blocked" });
    const purpose = "Brings tickets in.";
    const gone = changeServiceAccount(admin, id, { version, purpose: "Other.", ownerId: world.userId("stranger") });
    await expect(gone).rejects.toMatchObject({ code: "invalid" });
    const left = await world.eventsOf(() =>
      changeServiceAccount(admin, id, { version, purpose, ownerId: world.userId("lead") }),
    );
    const before = { ownerId: world.userId("officer") };
    expect(left).toMatchObject([
      { action: "service_account.changed", detail: { ownerId: world.userId("lead"), purposeChanged: false, before } },
    ]);
    const late = changeServiceAccount(admin, id, { version, purpose, ownerId: world.userId("lead") });
    await expect(late).rejects.toMatchObject({ code: "stale", extras: { current: { version: version + 1 } } });
    await tokenFor(id);
  });

  it("is looked over every half year, and the page says when that is due", async () => {
    const { id } = await make();
    expect(await stored(id)).toMatchObject({ reviewedAt: null, reviewOverdue: false });
    world.pass({ days: 190 });
    expect(await stored(id)).toMatchObject({ reviewOverdue: true });
    const admin = await world.steppedUp("admin");
    const read = await seen(id);
    const left = await world.eventsOf(() => reviewServiceAccount(admin, id, read));
    expect(left).toMatchObject([{ action: "service_account.reviewed", by: "admin", detail: { personId: id } }]);
    expect(await stored(id)).toMatchObject({
      reviewOverdue: false,
      reviewedAt: world.now.toISOString(),
      reviewedBy: { id: world.userId("admin") },
    });
    const again = reviewServiceAccount(await world.steppedUp("admin"), id, read);
    await expect(again).rejects.toMatchObject({ code: "stale" });
  });

  it("is not reviewed by whoever saw other roles or tokens than there are", async () => {
    const { id } = await make();
    const [admin, lead] = [await world.steppedUp("admin"), await world.steppedUp("lead")];
    let read = await seen(id);
    const refused = async (words: string) => {
      const said = expect.stringContaining(words);
      const before = (await stored(id))?.reviewedAt;
      const review = reviewServiceAccount(admin, id, read);
      await expect(review, words).rejects.toMatchObject({ code: "stale", message: said, extras: { current: { id } } });
      expect((await stored(id))?.reviewedAt).toBe(before);
      read = await seen(id);
      await reviewServiceAccount(admin, id, read);
      read = await seen(id);
    };
    const token = await tokenFor(id, { name: "Nightly" });
    await refused("The token “Nightly” was made.");
    await addMember(lead, engagementId, { userId: id, role: "contributor" });
    await refused("It is contributor in ");
    await removeMember(lead, engagementId, id, "contributor");
    await refused("It is no longer contributor in ");
    await revokeServiceToken(admin, id, token.id);
    await refused("A token that you saw no longer serves.");
    await setServiceAccountDisabled(admin, id, true);
    await refused("It was disabled.");
    await setServiceAccountDisabled(admin, id, false);
    await refused("It was enabled.");
  });

  it("is given no role and loses none while it is looked over", async () => {
    const { id } = await make();
    const lead = await world.steppedUp("lead");
    const acts = [
      () => addMember(lead, engagementId, { userId: id, role: "observer" }),
      () => removeMember(lead, engagementId, id, "observer"),
    ];
    for (const act of acts) {
      const done = await withConnection(world.stored.adminUrl, async (sql) => {
        // As a review does until its commit.
        await sql.query("BEGIN");
        await sql.query("SELECT pg_advisory_xact_lock(hashtextextended('countervail-service:' || $1, 0))", [id]);
        const before = (await stored(id))?.engagements;
        const acting = act();
        const waits = `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
          WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`;
        await vi.waitFor(async () => expect((await sql.query(waits)).rowCount).toBe(1), { timeout: 20_000 });
        expect((await stored(id))?.engagements).toEqual(before);
        await sql.query("COMMIT");
        await acting;
        return before;
      });
      expect((await stored(id))?.engagements).not.toEqual(done);
    }
  });
});
