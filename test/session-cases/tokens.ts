import assert from "node:assert/strict";
import { generate } from "otplib";
import { POST as confirmApp } from "@/app/api/v1/me/factors/app/confirm/route";
import { POST as beginApp } from "@/app/api/v1/me/factors/app/route";
import { GET as getMe } from "@/app/api/v1/me/route";
import { POST as showCode } from "@/app/api/v1/session/factor/code/route";
import { POST as stepUp } from "@/app/api/v1/session/step-up/route";
import { newToken } from "@/lib/auth/session-token";
import type { TotpStartDto } from "@/lib/contracts/factors";
import type { Instances, SessionCase } from "@/test/session-cases/instances";
import { PASSWORD } from "@/test/world";

/** The code that an app with this secret shows now. */
function codeOf(app: Instances, secret: string): Promise<string> {
  return generate({ secret: secret.replaceAll(" ", ""), epoch: Math.floor(app.world.now.getTime() / 1000) });
}

/** How many sessions a person may have, and which token a session goes by. */
export const TOKEN_CASES: readonly SessionCase[] = [
  [
    "three of a person: the fourth ends the least used one",
    async (app) => {
      const tokens: string[] = [];
      for (const _ of [1, 2, 3]) {
        tokens.push(await app.signIn("contributor"));
        app.world.pass({ minutes: 1 });
      }
      const [first = "", second = "", third = ""] = tokens;
      assert.ok(await app.use(first));
      const fourth = await app.signIn("contributor", ["password", "totp"], 1);
      await app.expectThere("beside a fourth", first, third, fourth);
      await app.expectGone("the least used", second);
    },
  ],
  [
    "three of a person, and those that are over count no more",
    async (app) => {
      await app.signIn("contributor");
      app.world.pass({ minutes: 10 });
      const two = [await app.signIn("contributor"), await app.signIn("contributor")];
      app.world.pass({ minutes: 5 });
      await app.expectThere("after a third", ...two, await app.signIn("contributor"));
    },
  ],
  [
    "three of a person also when eight sign-ins come at once to both instances",
    async (app) => {
      const signIns = Array.from({ length: 8 }, (_, index) =>
        app.signIn("contributor", ["password", "totp"], index % 2 === 0 ? 0 : 1),
      );
      const tokens = await Promise.all(signIns);
      const there = await app.countThere(tokens);
      assert.equal(there, 3, `${there} sessions are there`);
    },
  ],
  [
    "under a token of the server's own, never one that a browser brought",
    async (app) => {
      const brought = newToken();
      await app.expectGone("a token that nobody gave out", brought);
      const tokens = [await app.signIn("colleague"), await app.signIn("colleague")];
      assert.equal(new Set([brought, ...tokens]).size, 3);
      await app.expectGone("the token that was brought", brought);
    },
  ],
  [
    "under a new token after the second factor, the one before being dead at once",
    async (app) => {
      const half = await app.signIn("colleague", ["password"]);
      assert.equal((await app.ask(1, half, getMe)).status, 401);
      const body = { kind: "totp", code: await app.world.codeOf() };
      const token = await app.do(0, half, showCode, { body });
      assert.notEqual(token, half);
      assert.equal((await app.ask(1, token, getMe)).status, 200);
      await app.expectGone("the token before the factor", half);
    },
  ],
  [
    "under a new token after a first app was set up, the one before being dead at once",
    async (app) => {
      await app.world.withoutFactors("officer");
      const half = await app.signIn("officer", ["password"]);
      const begun = (await (await app.ask(0, half, beginApp, { method: "POST", body: {} })).json()) as TotpStartDto;
      const token = await app.do(1, half, confirmApp, { body: { code: await codeOf(app, begun.secret) } });
      assert.notEqual(token, half);
      await app.expectThere("with the app", token);
      await app.expectGone("the token before the app", half);
    },
  ],
  [
    "under a new token after showing again who one is, the one before being dead at once",
    async (app) => {
      const before = await app.signIn("colleague");
      const token = await app.do(0, before, stepUp, { body: { password: PASSWORD } });
      assert.notEqual(token, before);
      await app.expectThere("the new token", token);
      await app.expectGone("the token before", before);
    },
  ],
  [
    "under its old token when that failed",
    async (app) => {
      const token = await app.signIn("colleague");
      const reply = await app.ask(0, token, stepUp, { method: "POST", body: { password: "not it" } });
      assert.equal(reply.status, 401);
      assert.equal(reply.headers.get("set-cookie"), null);
      await app.expectThere("the token", token);
    },
  ],
];
