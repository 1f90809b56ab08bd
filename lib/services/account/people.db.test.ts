import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actorOfToken } from "@/lib/auth/session";
import { checkPassword, openSession, requireStanding, type ShownPassword } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import { openDatabase } from "@/lib/db/database";
import { acceptInvitation, readInvitation } from "@/lib/services/account/accept-invitation";
import { changePassword } from "@/lib/services/account/change-password";
import { readMe } from "@/lib/services/account/read-me";
import { needsSetUp, setUp } from "@/lib/services/account/set-up";
import { invitePerson, readInvitations } from "@/lib/services/organisation/invite-person";
import { readPeople } from "@/lib/services/organisation/list-people";
import { setAccountDisabled } from "@/lib/services/organisation/manage-accounts";
import { resetPassword } from "@/lib/services/organisation/reset-password";
import { makeTestDatabase } from "@/test/database";
import { emailOf, PASSWORD, type Person, World } from "@/test/world";

let world: World;
beforeAll(async () => {
  world = await World.make();
});
afterAll(() => world.close());

const WRONG = "not the password at all";
const refused = { code: "invalid_credentials" };
const signIn = (person: Person, password = PASSWORD) => checkPassword(world.alone(), emailOf(person), password);

describe("the first set-up", () => {
  it("happens once, with the code of this start, however many ask at a time", async () => {
    const stored = await makeTestDatabase();
    const database = openDatabase(stored.appUrl);
    const alone = { ...world.alone(), database };
    const setup = (email: string) =>
      setUp(
        alone,
        {
          setupCode: "let-me-in",
          organisationName: "First",
          organisationKind: "entity",
          name: "A",
          email,
          password: PASSWORD,
        },
        "let-me-in",
      );
    expect(await needsSetUp(alone)).toBe(true);
    const input = { setupCode: "", organisationName: "First", organisationKind: "entity", name: "A" } as const;
    const person = { email: "a@first.example", password: PASSWORD };
    await expect(setUp(alone, { ...input, ...person }, undefined)).rejects.toMatchObject({ code: "invalid" });
    const both = await Promise.allSettled([setup("a@first.example"), setup("b@first.example")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "already_exists" } });
    expect(await needsSetUp(alone)).toBe(false);
    const behind = openDatabase(stored.adminUrl, "any");
    expect(await behind.prisma.user.count()).toBe(1);
    await behind.close();
    await database.close();
    await stored.drop();
  });
});

describe("invitations", () => {
  const tokenOf = (link: string | null) => link?.split("/").at(-1) ?? "";
  const invite = async (email: string) => {
    const invitation = { email, name: "Newcomer", role: "member" } as const;
    return invitePerson(await world.steppedUp("admin"), invitation);
  };
  const accept = (token: string) =>
    acceptInvitation(world.alone(), { token, name: "Newcomer", password: "a password of their own" });
  const listed = async () => (await readInvitations(await world.as("admin"))).items.map(({ email }) => email);

  it("bring one person in, once, and lead nowhere afterwards", async () => {
    const made = await invite("new@entity.example");
    const token = tokenOf(made.link);
    expect(await readInvitation(world.alone(), token)).toMatchObject({
      email: "new@entity.example",
      organisation: { id: world.organisationId("entity") },
    });
    expect(await listed()).toEqual(["new@entity.example"]);
    expect((await readInvitations(await world.as("admin"))).items[0]).not.toHaveProperty("link");
    const both = await Promise.allSettled([accept(token), accept(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "not_found" } });
    await expect(readInvitation(world.alone(), token)).rejects.toMatchObject({ code: "not_found" });
    expect(await listed()).toEqual([]);
    const people = (await readPeople(await world.as("admin"))).items;
    expect(people.filter(({ email }) => email === "new@entity.example")).toMatchObject([{ role: "member" }]);
    await expect(invite("new@entity.example")).rejects.toMatchObject({ code: "already_exists" });
  });

  it("end after seven days", async () => {
    const token = tokenOf((await invite("late@entity.example")).link);
    world.pass({ days: 7, seconds: -1 });
    expect((await readInvitation(world.alone(), token)).email).toBe("late@entity.example");
    world.pass({ seconds: 1 });
    await expect(readInvitation(world.alone(), token)).rejects.toMatchObject({ code: "not_found" });
    await expect(accept(token)).rejects.toMatchObject({ code: "not_found" });
    expect(await listed()).toEqual([]);
  });

  it("for the same address make one account, however many are accepted at once", async () => {
    const tokens: string[] = [];
    for (const _ of [1, 2, 3, 4]) tokens.push(tokenOf((await invite("often@entity.example")).link));
    const all = await Promise.allSettled(tokens.map(accept));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of all) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "already_exists" });
  });

  it("are the administrator's to send, after entering the password", async () => {
    const invitation = { email: "x@entity.example", name: "X", role: "admin" } as const;
    await expect(invitePerson(await world.steppedUp("lead"), invitation)).rejects.toMatchObject({
      code: "forbidden",
    });
    world.pass({ minutes: 6 });
    await expect(invitePerson(await world.as("admin"), invitation)).rejects.toMatchObject({
      code: "step_up_required",
    });
  });
});

describe("passwords", () => {
  const change = async (currentPassword: string, newPassword: string) =>
    changePassword(await world.as("colleague"), await world.session("colleague"), { currentPassword, newPassword });

  it("lock an account at the sixth failure of any kind, for thirty minutes by the clock", async () => {
    const context = await world.as("contributor");
    const session = await world.session("contributor");
    for (const _ of [1, 2, 3, 4, 5]) await expect(signIn("contributor", WRONG)).rejects.toMatchObject(refused);
    // A whole sign-in forgets the failures before it.
    expect(await signIn("contributor")).toMatchObject({ userId: world.userId("contributor") });
    await world.signedIn("contributor");
    const left = await world.eventsOf(async () => {
      for (const _ of [1, 2]) await expect(signIn("contributor", WRONG)).rejects.toMatchObject(refused);
      for (const _ of [1, 2]) await expect(stepUp(context, { password: WRONG })).rejects.toMatchObject(refused);
      const input = { currentPassword: WRONG, newPassword: "another one altogether" };
      for (const _ of [1, 2])
        await expect(changePassword(context, session, input)).rejects.toMatchObject({ code: "invalid" });
    });
    expect(left.map(({ action, chain }) => [action, chain])).toEqual([
      ...[1, 2].map(() => ["session.failed", "entity"]),
      ...[1, 2, 3].map(() => ["session.step_up_failed", "entity"]),
      ["person.locked", "entity"],
      ["session.step_up_failed", "entity"],
    ]);
    expect(left.at(-2)).toMatchObject({ detail: { personId: world.userId("contributor"), by: "failures" } });
    await expect(signIn("contributor")).rejects.toMatchObject(refused);
    await expect(stepUp(context, { password: PASSWORD })).rejects.toMatchObject(refused);
    world.pass({ minutes: 29, seconds: 59 });
    await expect(signIn("contributor")).rejects.toMatchObject(refused);
    world.pass({ seconds: 1 });
    // The count begins anew.
    for (const _ of [1, 2, 3, 4, 5]) await expect(signIn("contributor", WRONG)).rejects.toMatchObject(refused);
    expect(await signIn("contributor")).toMatchObject({ userId: world.userId("contributor") });
  });

  it("tell nobody whether an account exists, and leave its failures to the service's own chain", async () => {
    const left = await world.eventsOf(async () => {
      const unknown = checkPassword(world.alone(), "nobody@entity.example", PASSWORD);
      await expect(unknown).rejects.toMatchObject(refused);
    });
    const detail = { userId: null, reason: "unknown_account" };
    expect(left).toMatchObject([{ chain: "system", action: "session.failed", by: null, detail }]);
  });

  it("change with the present one alone, and end every other session", async () => {
    const token = await world.signedIn("colleague");
    const field = (path: string) => ({ code: "invalid", extras: { errors: [{ path }] } });
    await expect(change(WRONG, "another one altogether")).rejects.toMatchObject(field("currentPassword"));
    // Choosing the same one is a mistake, and no guess at the password.
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      await expect(change(PASSWORD, PASSWORD)).rejects.toMatchObject(field("newPassword"));
    }
    const left = await world.eventsOf(() => change(PASSWORD, "another one altogether"));
    expect(left).toMatchObject([{ action: "password.changed", by: "colleague", chain: "entity" }]);
    expect(await actorOfToken(world.alone(), token, true)).toBeNull();
    expect((await readMe(await world.as("colleague"))).email).toBe(emailOf("colleague"));
    await expect(signIn("colleague")).rejects.toMatchObject(refused);
    expect(await signIn("colleague", "another one altogether")).toMatchObject({ userId: world.userId("colleague") });
  });

  it("open no session once they were changed, or ended, after they were found right", async () => {
    const enter = (shown: ShownPassword) =>
      openSession(world.alone(), shown.userId, ["password"], "test", (tx) => requireStanding(tx, shown));
    const before = await signIn("officer");
    await changePassword(world.alone(), await world.session("officer"), {
      currentPassword: PASSWORD,
      newPassword: "a new one for the officer",
    });
    await expect(enter(before)).rejects.toMatchObject(refused);
    const after = await signIn("officer", "a new one for the officer");
    expect((await enter(after)).stage).toBe("factor");
    await resetPassword(await world.steppedUp("admin"), world.userId("officer"));
    await expect(enter(after)).rejects.toMatchObject(refused);
  });

  it("leave no session open that was being opened while the account was disabled", async () => {
    for (const _ of Array.from({ length: 10 })) {
      const userId = world.userId("observer");
      const admin = await world.steppedUp("admin");
      const [opened] = await Promise.allSettled([
        openSession(world.alone(), userId, ["password", "totp"], "test"),
        setAccountDisabled(admin, userId, true),
      ]);
      await setAccountDisabled(await world.steppedUp("admin"), userId, false);
      const token = opened.status === "fulfilled" ? opened.value.token : "";
      expect(await actorOfToken(world.alone(), token, true)).toBeNull();
    }
  });
});

describe("sessions", () => {
  it("remember the password that was entered again for five minutes", async () => {
    const until = new Date(world.now.getTime() + 5 * 60_000).toISOString();
    expect((await readMe(await world.steppedUp("reviewer"))).steppedUpUntil).toBe(until);
    world.pass({ minutes: 5 });
    expect((await readMe(await world.as("reviewer"))).steppedUpUntil).toBeNull();
  });
});
