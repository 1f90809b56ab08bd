import assert from "node:assert/strict";
import { GET as getMe } from "@/app/api/v1/me/route";
import { GET as listSessions } from "@/app/api/v1/me/sessions/route";
import { POST as showCode } from "@/app/api/v1/session/factor/code/route";
import { GET as getSession } from "@/app/api/v1/session/route";
import { POST as stepUp } from "@/app/api/v1/session/step-up/route";
import type { SessionDto } from "@/lib/contracts/factors";
import type { Instances, SessionCase } from "@/test/session-cases/instances";
import { PASSWORD } from "@/test/world";

const BY_ITSELF = { headers: { "x-countervail-background": "1" } };
const IDLE = { minutes: 15 };

/** Uses a session every 14 minutes, so that only its age can end it. */
async function keepBusy(app: Instances, token: string, minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 14) {
    assert.ok(await app.use(token), `a session in use was gone ${left} minutes before`);
    app.world.pass({ minutes: Math.min(14, left) });
  }
}

/** Seconds between a sign-in and the one use after it; what is stored of the use is at most 30 seconds old. */
const USES = [1, 15, 29, 29.999, 30, 31, 59, 600, 899];

/** When sessions end by themselves. */
export const TIME_CASES: readonly SessionCase[] = [
  [
    "alive at 14:59 and dead at 15:00",
    async (app) => {
      const token = await app.signIn("lead");
      app.world.pass({ minutes: 14, seconds: 59 });
      await app.expectThere("at 14:59", token);
      app.world.pass({ seconds: 1 });
      await app.expectGone("at 15:00", token);
    },
  ],
  ["alive to the last millisecond", async (app) => app.expectEnd("an idle session", await app.signIn("lead"), IDLE)],
  [
    "alive for another 15 minutes after a use at 14:59, told to the other instance",
    async (app) => {
      const token = await app.signIn("lead");
      app.world.pass({ minutes: 14, seconds: 59 });
      assert.ok(await app.use(token, 1));
      await app.expectEnd("a session that was used", token, IDLE);
    },
  ],
  [
    "not revived by a use at 15:00",
    async (app) => {
      const token = await app.signIn("lead");
      app.world.pass({ minutes: 15 });
      assert.equal(await app.use(token), false);
      assert.equal((await app.ask(1, token, getMe)).status, 401);
      app.world.pass({ seconds: 1 });
      await app.expectGone("a second later", token);
    },
  ],
  ...USES.map(
    (seconds): SessionCase => [
      `never late, and at most 30 seconds early, when used ${seconds} seconds after it began`,
      async (app) => {
        const token = await app.signIn("lead");
        app.world.pass({ seconds });
        assert.ok(await app.use(token));
        // A use within the first 30 seconds is not stored, and the session then ends that much early.
        const early = seconds < 30 ? seconds : 0;
        await app.expectEnd("a session that was used", token, { minutes: 15, seconds: -early });
      },
    ],
  ),
  [
    "never late however often it is used",
    async (app) => {
      const token = await app.signIn("lead");
      for (let use = 0; use < 12; use += 1) {
        app.world.pass({ seconds: 13 });
        assert.ok(await app.use(token, use % 2 === 0 ? 0 : 1));
      }
      // Of the uses at 13, 26, 39 … 156 seconds those at 39, 78, 117 and 156 are stored.
      await app.expectEnd("a session in use", token, IDLE);
    },
  ],
  [
    "not kept by what the page asks by itself, however often and of whatever instance",
    async (app) => {
      const token = await app.signIn("lead");
      for (let minute = 1; minute < 15; minute += 1) {
        app.world.pass({ minutes: 1 });
        for (const handler of [getSession, getMe, listSessions]) {
          const reply = await app.ask(minute % 2 === 0 ? 0 : 1, token, handler, BY_ITSELF);
          assert.equal(reply.status, 200, `minute ${minute}`);
        }
      }
      app.world.pass({ minutes: 1 });
      await app.expectGone("after polling", token);
    },
  ],
  [
    "at its end exactly as the page was told",
    async (app) => {
      const token = await app.signIn("lead");
      app.world.pass({ minutes: 3 });
      const told = (await (await app.ask(0, token, getSession)).json()) as SessionDto;
      assert.equal(Date.parse(told.now), app.world.now.getTime());
      const minutes = (Date.parse(told.idleEndsAt) - app.world.now.getTime()) / 60_000;
      assert.equal(minutes, 15);
      await app.expectEnd("the told end", token, { minutes });
    },
  ],
  [
    "dead at 15:00 before its sign-in is finished too",
    async (app) => app.expectEnd("an unfinished sign-in", await app.signIn("lead", ["password"]), IDLE),
  ],
  [
    "dead at 8 hours, however busy",
    async (app) => {
      const token = await app.signIn("reviewer");
      await keepBusy(app, token, 8 * 60 - 1);
      assert.ok(await app.use(token));
      await app.expectEnd("a busy session", token, { minutes: 1 });
    },
  ],
  [
    "no older for showing again who one is",
    async (app) => {
      const token = await app.signIn("reviewer");
      await keepBusy(app, token, 8 * 60 - 5);
      const next = await app.do(1, token, stepUp, { body: { password: PASSWORD } });
      await app.expectEnd("a session with a new token", next, { minutes: 5 });
    },
  ],
  [
    "as old as its password, however late the second factor came",
    async (app) => {
      const half = await app.signIn("reviewer", ["password"]);
      app.world.pass({ minutes: 10 });
      const body = { kind: "totp", code: await app.world.codeOf() };
      const token = await app.do(0, half, showCode, { body });
      await keepBusy(app, token, 8 * 60 - 11);
      assert.ok(await app.use(token));
      await app.expectEnd("a session with a late factor", token, { minutes: 1 });
    },
  ],
];
