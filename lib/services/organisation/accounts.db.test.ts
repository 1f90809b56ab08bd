import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SignedInContext } from "@/lib/auth/context";
import { actorOfToken } from "@/lib/auth/session";
import { checkPassword } from "@/lib/auth/sign-in";
import { readAccounts, readPeople } from "@/lib/services/organisation/list-people";
import {
  changeRole,
  endSessionsOf,
  setAccountDisabled,
  unlockAccount,
} from "@/lib/services/organisation/manage-accounts";
import { type Company, emailOf, PASSWORD, type Person, World } from "@/test/world";

let world: World;
beforeAll(async () => {
  world = await World.make();
});
afterAll(() => world.close());
beforeEach(() => world.pass({ minutes: 10 }));

const WRONG = "not the password at all";
const admin = () => world.steppedUp("admin");
const id = (person: Person) => world.userId(person);
const account = async (person: Person) =>
  (await readAccounts(await world.as("admin"))).items.find((one) => one.id === id(person));
const isAlive = async (token: string) => (await actorOfToken(world.alone(), token, true)) !== null;
const signIn = (person: Person, password = PASSWORD) => checkPassword(world.alone(), emailOf(person), password);

describe("an administrator", () => {
  it("sees how every account of the organisation stands, and nobody else does", async () => {
    await world.signedIn("reviewer");
    expect(await account("reviewer")).toEqual({
      id: id("reviewer"),
      name: "The reviewer of Quayside Payments",
      email: emailOf("reviewer"),
      role: "member",
      disabled: false,
      locked: false,
      lockedUntil: null,
      passwordEnded: false,
      secondFactor: true,
      lastSignInAt: world.now.toISOString(),
    });
    expect((await account("officer"))?.lastSignInAt).toBeNull();
    const { items } = await readAccounts(await world.as("admin"));
    expect(items.map(({ id: one }) => one)).not.toContain(id("qsa"));
    await expect(readAccounts(await world.as("lead"))).rejects.toMatchObject({ code: "forbidden" });
    const open = (await readPeople(await world.as("lead"))).items;
    expect(Object.keys(open[0] ?? {}).sort()).toEqual(["disabled", "email", "id", "name", "role"]);
  });

  it("gives another role, which ends the person's sessions", async () => {
    const token = await world.signedIn("colleague");
    const left = await world.eventsOf(async () => {
      expect(await changeRole(await admin(), id("colleague"), "admin")).toMatchObject({ role: "admin" });
    });
    expect(left.at(-1)).toMatchObject({
      action: "person.role_changed",
      by: "admin",
      chain: "entity",
      detail: { personId: id("colleague"), role: "admin", before: { role: "member" } },
    });
    expect(await isAlive(token)).toBe(false);
    world.pass({ seconds: 1 });
    expect((await readAccounts(await world.as("colleague"))).total).toBeGreaterThan(5);
    await expect(changeRole(await admin(), id("colleague"), "admin")).rejects.toMatchObject({ code: "wrong_state" });
    await changeRole(await admin(), id("colleague"), "member");
    world.pass({ seconds: 1 });
    await expect(readAccounts(await world.as("colleague"))).rejects.toMatchObject({ code: "forbidden" });
  });

  it("disables an account, whose sessions end with it and which nobody signs in to until it is enabled", async () => {
    const tokens = [await world.signedIn("contributor"), await world.signedIn("contributor")];
    const left = await world.eventsOf(async () => setAccountDisabled(await admin(), id("contributor"), true));
    expect(left.at(-1)).toMatchObject({ action: "person.disabled", detail: { personId: id("contributor") } });
    for (const token of tokens) expect(await isAlive(token)).toBe(false);
    await expect(signIn("contributor")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(await account("contributor")).toMatchObject({ disabled: true });
    await expect(setAccountDisabled(await admin(), id("contributor"), true)).rejects.toMatchObject({
      code: "wrong_state",
    });
    await setAccountDisabled(await admin(), id("contributor"), false);
    expect(await signIn("contributor")).toMatchObject({ userId: id("contributor") });
    for (const token of tokens) expect(await isAlive(token)).toBe(false);
  });

  it("ends a lock before its time", async () => {
    await expect(unlockAccount(await admin(), id("isa"))).rejects.toMatchObject({ code: "wrong_state" });
    for (const _ of [1, 2, 3, 4, 5, 6]) await expect(signIn("isa", WRONG)).rejects.toBeDefined();
    await expect(signIn("isa")).rejects.toMatchObject({ code: "invalid_credentials" });
    const until = new Date(world.now.getTime() + 30 * 60_000).toISOString();
    expect(await account("isa")).toMatchObject({ locked: true, lockedUntil: until });
    const left = await world.eventsOf(async () => unlockAccount(await admin(), id("isa")));
    expect(left.at(-1)).toMatchObject({ action: "person.unlocked", by: "admin", detail: { personId: id("isa") } });
    expect(await account("isa")).toMatchObject({ locked: false, lockedUntil: null });
    expect(await signIn("isa")).toMatchObject({ userId: id("isa") });
  });

  it("ends a person's sessions", async () => {
    const token = await world.signedIn("observer");
    const left = await world.eventsOf(async () => endSessionsOf(await admin(), id("observer")));
    expect(left.at(-1)).toMatchObject({ action: "person.sessions_ended", detail: { personId: id("observer") } });
    expect(left.at(-1)?.detail.sessionIds).toHaveLength(1);
    expect(await isAlive(token)).toBe(false);
  });
});

describe("changes of accounts", () => {
  const changes: readonly (readonly [string, (by: Person, whom: string, steppedUp?: boolean) => Promise<unknown>])[] = [
    [
      "a role",
      async (by, whom, up = true) => changeRole(await (up ? world.steppedUp(by) : world.as(by)), whom, "admin"),
    ],
    [
      "disabling",
      async (by, whom, up = true) => setAccountDisabled(await (up ? world.steppedUp(by) : world.as(by)), whom, true),
    ],
    ["unlocking", async (by, whom, up = true) => unlockAccount(await (up ? world.steppedUp(by) : world.as(by)), whom)],
    [
      "ending sessions",
      async (by, whom, up = true) => endSessionsOf(await (up ? world.steppedUp(by) : world.as(by)), whom),
    ],
  ];

  it.each(changes)("are nobody's for oneself, no member's, and no other organisation's: %s", async (_what, change) => {
    const kept = await world.behind.prisma.membership.findMany({ include: { user: true } });
    await world.steppedUp("stranger");
    await world.steppedUp("lead");
    await world.steppedUp("admin");
    const denials = [
      ["admin", id("admin"), "forbidden", "entity", "not_own_role"],
      ["lead", id("reviewer"), "forbidden", "entity", "not_allowed"],
      ["stranger", id("reviewer"), "not_found", "elsewhere", "unknown_target"],
      ["admin", "00000000-0000-4000-8000-000000000000", "not_found", "entity", "unknown_target"],
    ] as const;
    for (const [by, whom, code, chain, reason] of denials) {
      const left = await world.eventsOf(() => expect(change(by, whom)).rejects.toMatchObject({ code }));
      expect(left).toMatchObject([
        { action: "access.denied", by, chain, detail: { attempted: "organisation.people", code: reason } },
      ]);
    }
    world.pass({ minutes: 6 });
    await expect(change("admin", id("reviewer"), false)).rejects.toMatchObject({ code: "step_up_required" });
    expect(await world.behind.prisma.membership.findMany({ include: { user: true } })).toEqual(kept);
  });

  it.each([
    ["roles", "entity", "admin", "colleague", (by, whom) => changeRole(by, id(whom), "member")],
    ["accounts", "firm", "firmAdmin", "qsa", (by, whom) => setAccountDisabled(by, id(whom), true)],
  ] as const satisfies readonly (readonly [
    string,
    Company,
    Person,
    Person,
    (by: SignedInContext, whom: Person) => Promise<unknown>,
  ])[])("leave an administrator when two take each other's %s at once", async (_what, company, one, other, take) => {
    await changeRole(await world.steppedUp(one), id(other), "admin");
    world.pass({ seconds: 1 });
    // Both are signed in and have confirmed it before either begins.
    const [ofOne, ofOther] = [await world.steppedUp(one), await world.steppedUp(other)];
    const both = await Promise.allSettled([take(ofOne, other), take(ofOther, one)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const left = await world.behind.prisma.membership.count({
      where: { organisationId: world.organisationId(company), role: "admin", user: { disabledAt: null } },
    });
    expect(left).toBe(1);
  });
});
