import { afterAll, beforeAll, expect, it } from "vitest";
import { showCode } from "@/lib/auth/second-factor";
import { requireSession, sessionOfToken } from "@/lib/auth/session";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { signInsQuery } from "@/lib/contracts/sign-ins";
import { setAccountDisabled } from "@/lib/services/organisation/manage-accounts";
import { readOwnSignIns, readSignIns } from "@/lib/services/trail/sign-ins";
import { emailOf, PASSWORD, type Person, World } from "@/test/world";

let world: World;
beforeAll(async () => {
  world = await World.make();
  await signIn("lead");
  await expect(checkPassword(world.alone(), emailOf("lead"), "wrong")).rejects.toBeDefined();
  world.pass({ days: 1 });
  await signIn("reviewer");
  await signIn("qsa");
  await setAccountDisabled(await world.steppedUp("admin"), world.userId("reviewer"), true);
});
afterAll(() => world.close());

/** Password and code, as people do. */
async function signIn(person: Person): Promise<void> {
  const { userId } = await checkPassword(world.alone(), emailOf(person), PASSWORD);
  const half = await openSession(world.alone(), userId, ["password"], "test");
  const session = requireSession(await sessionOfToken(world.alone(), half.token, true));
  await showCode(world.alone(), session, "totp", await world.codeOf());
}

const read = async (query: Record<string, unknown> = {}) =>
  (await readSignIns(await world.as("admin"), signInsQuery.parse(query))).items.map(({ sentence }) => sentence);
const name = (person: string) => `The ${person} of Quayside Payments`;
const OF_LEAD = [
  `Somebody failed to sign in as ${name("lead")}: wrong password.`,
  `${name("lead")} showed the authenticator app and signed in.`,
  `${name("lead")} began to sign in.`,
];
const OF_REVIEWER = [
  `${name("admin")} disabled the account of ${name("reviewer")}.`,
  `${name("reviewer")} showed the authenticator app and signed in.`,
  `${name("reviewer")} began to sign in.`,
];

it("tells an administrator who signed in, who failed, and what became of accounts, newest first", async () => {
  const told = await read();
  expect(told.filter((one) => one.includes(name("lead")))).toEqual(OF_LEAD);
  expect(told.filter((one) => one.includes(name("reviewer")))).toEqual(OF_REVIEWER);
  expect(told.indexOf(OF_REVIEWER[0] ?? "")).toBeLessThan(told.indexOf(OF_LEAD[0] ?? ""));
  expect(told.join()).not.toContain("Ledgerline");
});

it("is narrowed to a person, a kind and days", async () => {
  expect(await read({ personId: world.userId("lead") })).toEqual(OF_LEAD);
  expect(await read({ personId: world.userId("reviewer") })).toEqual(OF_REVIEWER);
  expect(await read({ kind: "failure" })).toEqual([OF_LEAD[0]]);
  expect(await read({ kind: "account" })).toEqual([OF_REVIEWER[0]]);
  expect(await read({ personId: world.userId("lead"), kind: "sign_in" })).toEqual(OF_LEAD.slice(1));
  expect(await read({ to: "2026-11-24" })).toEqual(OF_LEAD);
  expect((await read({ from: "2026-11-25" })).filter((one) => one.includes(name("lead")))).toEqual([]);
  expect(await read({ personId: world.userId("stranger") })).toEqual([]);
});

it("comes in pages that follow each other", async () => {
  const admin = await world.as("admin");
  const all = await readSignIns(admin, signInsQuery.parse({}));
  const told: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await readSignIns(admin, signInsQuery.parse({ limit: 2, ...(cursor ? { cursor } : {}) }));
    told.push(...page.items.map(({ seq }) => seq));
    cursor = page.nextCursor;
  } while (cursor);
  expect(all.nextCursor).toBeNull();
  expect(told).toEqual(all.items.map(({ seq }) => seq));
  await expect(readSignIns(admin, signInsQuery.parse({ cursor: "x" }))).rejects.toMatchObject({ code: "malformed" });
});

it("is told of themselves to everybody, and of others to administrators, whose look is an event", async () => {
  const own = async (person: Person) =>
    (await readOwnSignIns(await world.as(person), signInsQuery.parse({}))).items.map(({ sentence }) => sentence);
  const quiet = await world.eventsOf(async () => {
    expect((await own("lead")).slice(-3)).toEqual(OF_LEAD);
  });
  expect(quiet.map(({ action }) => action)).not.toContain("trail.viewed");
  expect((await own("qsa")).every((one) => one.includes("Ledgerline"))).toBe(true);
  const left = await world.eventsOf(() => read({ kind: "failure" }));
  expect(left.at(-1)).toMatchObject({
    action: "trail.viewed",
    by: "admin",
    chain: "entity",
    detail: { what: "sign-ins" },
  });
  await expect(readSignIns(await world.as("lead"), signInsQuery.parse({}))).rejects.toMatchObject({
    code: "forbidden",
  });
});
