import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/demo/sign-ins/route";
import { showCode } from "@/lib/auth/second-factor";
import { requireSession, sessionOfToken } from "@/lib/auth/session";
import { openSession } from "@/lib/auth/sign-in";
import { readDemoSignIns } from "@/lib/services/account/demo-sign-ins";
import { browser, serve } from "@/test/requests";
import { emailOf, PASSWORD, World } from "@/test/world";

let world: World;
beforeAll(async () => {
  world = await World.make();
});
afterAll(() => world.close());

const lead = { email: emailOf("lead"), name: "", organisation: "", roles: "", password: PASSWORD };

async function shownCode() {
  const { items } = await readDemoSignIns(world.alone(), [lead]);
  const code = items[0]?.code;
  if (!code) throw new Error("No code is shown.");
  return { ...code, opensIn: new Date(code.from).getTime() - world.now.getTime() };
}

async function enterCode(code: string): Promise<string> {
  const { token } = await openSession(world.alone(), world.userId("lead"), ["password"], "test");
  const session = requireSession(await sessionOfToken(world.alone(), token, true));
  return (await showCode(world.alone(), session, "totp", code)).stage;
}

describe("the sign-ins of the demo", () => {
  it("show a code that is taken, again and again, and say when one has to wait", async () => {
    for (const _ of [1, 2]) {
      const { code, opensIn } = await shownCode();
      expect(opensIn).toBeLessThanOrEqual(0);
      expect(await enterCode(code)).toBe("full");
    }
    const early = await shownCode();
    expect(early.opensIn).toBeGreaterThan(0);
    await expect(enterCode(early.code)).rejects.toMatchObject({ code: "invalid_credentials" });
    world.pass({ seconds: early.opensIn / 1000 });
    expect(await enterCode(early.code)).toBe("full");
  });

  it("hold to the last moment that is named", async () => {
    world.pass({ minutes: 2 });
    const { code, until } = await shownCode();
    world.pass({ seconds: (new Date(until).getTime() - world.now.getTime()) / 1000 - 1 });
    expect(await enterCode(code)).toBe("full");
  });

  it("are none for people without an app or an account, and not there without the demo", async () => {
    const { items } = await readDemoSignIns(world.alone(), [{ ...lead, email: "nobody@entity.example" }]);
    expect(items).toMatchObject([{ code: null }]);
    for (const [demo, status] of [
      [true, 200],
      [false, 404],
    ] as const) {
      serve(world.database, () => world.now, { demo });
      expect((await browser(null)(GET)).status).toBe(status);
    }
  });
});
