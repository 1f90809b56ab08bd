import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as signIn } from "@/app/api/auth/[...nextauth]/route";
import { POST as anywhere } from "@/app/api/v1/[...rest]/route";
import { POST as accept } from "@/app/api/v1/invitations/accept/route";
import { GET as getMe } from "@/app/api/v1/me/route";
import { POST as stepUp } from "@/app/api/v1/session/step-up/route";
import { POST as setUp } from "@/app/api/v1/setup/route";
import { withConnection } from "@/lib/db/connect";
import { browser, browserOf, serve } from "@/test/requests";
import { PASSWORD, World } from "@/test/world";

const LIMIT = 3;
let world: World;
let clock = Date.parse("2026-11-24T09:00:00Z");

beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now, { rateLimit: LIMIT, authSecret: "a secret of these tests, and long enough" });
});
afterAll(() => world.close());
// The limiter's library reads the process's clock; only that is set, timers go on.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: clock }));
afterEach(() => {
  clock = Date.now() + 2 * 3_600_000;
  vi.useRealTimers();
});
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

const nobody = browser(null);
const from = (address: string) => ({ "x-countervail-client": address });
const ask = (address: string, handler = accept) =>
  nobody(handler, { method: "POST", body: {}, headers: from(address) });
const statuses = async (count: number, address: string, handler = accept) => {
  const found: number[] = [];
  for (let asked = 0; asked < count; asked += 1) found.push((await ask(address, handler)).status);
  return found;
};

describe("requests of one network address", () => {
  it("are refused beyond the limit, with the time to wait, and taken again when it is over", async () => {
    expect(await statuses(LIMIT, "192.0.2.1")).toEqual([422, 422, 422]);
    pass(20);
    const refused = await ask("192.0.2.1");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("40");
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.json()).toMatchObject({
      code: "too_many_requests",
      detail: "Too many attempts from your network. Try again in a minute.",
    });
    expect(await statuses(1, "192.0.2.2")).toEqual([422]);
    pass(39);
    expect(await statuses(1, "192.0.2.1")).toEqual([429]);
    pass(2);
    expect(await statuses(LIMIT + 1, "192.0.2.1")).toEqual([422, 422, 422, 429]);
  });

  it("are limited over an hour too, by what was let through", async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      expect(await statuses(LIMIT + 2, "192.0.2.3"), `minute ${minute}`).toEqual([422, 422, 422, 429, 429]);
      pass(61);
    }
    const refused = await ask("192.0.2.3");
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      detail: "Too many attempts from your network. Try again in 50 minutes.",
    });
    pass(50 * 60);
    expect(await statuses(1, "192.0.2.3")).toEqual([422]);
  });

  it("are counted right when they come at once", async () => {
    const replies = await Promise.all(Array.from({ length: 30 }, () => ask("192.0.2.4")));
    expect(replies.filter(({ status }) => status === 422)).toHaveLength(LIMIT);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(30 - LIMIT);
  });

  it("are those of its whole network in IPv6", async () => {
    expect(await statuses(LIMIT, "2001:db8:1:2::1")).toEqual([422, 422, 422]);
    expect(await statuses(1, "2001:db8:1:2:ffff::9")).toEqual([429]);
    expect(await statuses(1, "2001:db8:1:3::1")).toEqual([422]);
  });

  it("are forgotten when they no longer count", async () => {
    await ask("192.0.2.5");
    pass(3_601);
    await ask("192.0.2.6");
    const kept = await world.behind.prisma.rateLimit.findMany();
    expect(kept.map(({ key }) => key.split(":").at(-1))).toEqual(expect.arrayContaining(["192.0.2.6"]));
    expect(kept.map(({ key }) => key).join()).not.toContain("192.0.2.5");
  });
});

describe("what is limited", () => {
  it.each([
    ["an invitation's acceptance", accept, 422],
    ["the set-up", setUp, 422],
    ["whatever else takes changes of nobody", anywhere, 404],
  ] as const)("is %s, each apart", async (_what, handler, status) => {
    expect(await statuses(LIMIT + 1, "192.0.2.7", handler)).toEqual([status, status, status, 429]);
  });

  it("is the sign-in, before its form is looked at", async () => {
    const send = () =>
      nobody(signIn as unknown as typeof accept, {
        method: "POST",
        params: { nextauth: ["callback", "credentials"] } as never,
        headers: { ...from("192.0.2.8"), "content-type": "application/x-www-form-urlencoded" },
        body: "nonsense",
      });
    const found = [];
    for (let asked = 0; asked <= LIMIT; asked += 1) found.push((await send()).status);
    expect(found.at(-1)).toBe(429);
    expect(found.slice(0, -1)).not.toContain(429);
  });

  it("is the password that is entered again, and nothing else of somebody signed in", async () => {
    const lead = await browserOf(world, "lead");
    const again = () => lead(stepUp, { method: "POST", body: { password: PASSWORD }, headers: from("192.0.2.9") });
    for (let asked = 0; asked < LIMIT; asked += 1) expect((await again()).status).toBe(200);
    expect((await again()).status).toBe(429);
    for (let asked = 0; asked < 3 * LIMIT; asked += 1) {
      expect((await lead(getMe, { headers: from("192.0.2.9") })).status).toBe(200);
    }
  });
});

describe("a limiter that is broken", () => {
  const asOwner = (sql: string) => withConnection(world.stored.ownerUrl, (client) => client.query(sql));

  it("shuts nobody out, and leaves the lockout of accounts in force", async () => {
    const officer = await browserOf(world, "officer");
    const enter = async (password: string) =>
      (await officer(stepUp, { method: "POST", body: { password }, headers: from("192.0.2.11") })).status;
    await asOwner("REVOKE ALL ON rate_limit FROM countervail_identity");
    try {
      expect(await enter(PASSWORD)).toBe(200);
      for (let wrong = 0; wrong < 6; wrong += 1) expect(await enter("wrong")).toBe(401);
      expect(await enter(PASSWORD)).toBe(401);
    } finally {
      await asOwner("GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO countervail_identity");
    }
  });
});
