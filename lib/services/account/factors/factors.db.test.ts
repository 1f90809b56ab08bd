import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { generate } from "otplib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SignedInContext } from "@/lib/auth/context";
import { passkeyRequest } from "@/lib/auth/factors/passkey";
import { showCode, showPasskey, signInByPasskey } from "@/lib/auth/second-factor";
import { type OpenSession, requireSession, sessionOfToken } from "@/lib/auth/session";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import { beginApp, confirmApp, removeApp } from "@/lib/services/account/factors/authenticator-app";
import { listFactors } from "@/lib/services/account/factors/list-factors";
import { addPasskey, beginPasskey, namePasskey, removePasskey } from "@/lib/services/account/factors/passkeys";
import { renewRecoveryCodes } from "@/lib/services/account/factors/recovery-codes";
import { setAccountDisabled } from "@/lib/services/organisation/manage-accounts";
import { Authenticator } from "@/test/authenticator";
import { emailOf, PASSWORD, type Person, World } from "@/test/world";

let world: World;
beforeAll(async () => {
  world = await World.make();
});
afterAll(() => world.close());
// Codes of one step are taken once, so that every test begins in a step of its own.
beforeEach(() => world.pass({ hours: 1 }));

const refused = { code: "invalid_credentials" };
const stepUpFirst = { code: "step_up_required" };

async function opened(token: string): Promise<OpenSession> {
  return requireSession(await sessionOfToken(world.alone(), token, true));
}

/** A session of somebody who has shown the password. */
async function afterPassword(person: Person): Promise<OpenSession> {
  const { userId } = await checkPassword(world.alone(), emailOf(person), PASSWORD);
  return opened((await openSession(world.alone(), userId, ["password"], "test")).token);
}

/** A context and session of somebody signed in who has shown again that it is them. */
async function steppedUp(person: Person) {
  const context = await world.steppedUp(person);
  return { context, session: await world.session(person) };
}

async function newPasskey(person: Person): Promise<{ readonly authenticator: Authenticator; readonly id: string }> {
  const { context, session } = await steppedUp(person);
  const authenticator = new Authenticator(context.url);
  const made = authenticator.make(await beginPasskey(context, session));
  await addPasskey(context, session, "Laptop", made);
  const { passkeys } = await listFactors(context, await world.session(person));
  return { authenticator, id: passkeys.at(-1)?.id ?? "" };
}

describe("a sign-in", () => {
  it("is nobody's before the second factor, and everybody's own after it, with a new token", async () => {
    const userId = world.userId("lead");
    const { token, stage } = await openSession(world.alone(), userId, ["password"], "test");
    expect(stage).toBe("factor");
    const session = await opened(token);
    const left = await world.eventsOf(async () => {
      const next = await showCode(world.alone(), session, "totp", await world.codeOf());
      expect(next.stage).toBe("full");
      expect(next.token).not.toBe(token);
      expect((await opened(next.token)).actor.userId).toBe(userId);
    });
    expect(left).toMatchObject([{ action: "session.factor_shown", by: "lead", chain: "entity" }]);
    expect(await sessionOfToken(world.alone(), token, true)).toBeNull();
  });

  it("takes a code once, also of two who send it at the same time", async () => {
    const code = await world.codeOf();
    const sessions = await Promise.all([afterPassword("lead"), afterPassword("lead")]);
    const shown = await Promise.allSettled(sessions.map((one) => showCode(world.alone(), one, "totp", code)));
    expect(shown.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const later = await afterPassword("lead");
    await expect(showCode(world.alone(), later, "totp", code)).rejects.toMatchObject(refused);
  });

  it("takes the codes of one step before and after, and of none further away", async () => {
    const codeAt = (seconds: number) =>
      generate({ secret: world.seed, epoch: Math.floor(world.now.getTime() / 1000) + seconds });
    for (const seconds of [-60, 60]) {
      const session = await afterPassword("reviewer");
      await expect(showCode(world.alone(), session, "totp", await codeAt(seconds))).rejects.toMatchObject(refused);
    }
    for (const seconds of [-30, 0, 30]) {
      const session = await afterPassword("reviewer");
      expect((await showCode(world.alone(), session, "totp", await codeAt(seconds))).stage).toBe("full");
    }
  });

  it("counts malformed codes as wrong ones, over password, app and recovery codes together", async () => {
    const session = await afterPassword("observer");
    const wrong = ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef"];
    for (const code of wrong.slice(1)) {
      await expect(showCode(world.alone(), session, "totp", code)).rejects.toMatchObject(refused);
    }
    await expect(showCode(world.alone(), session, "recovery_code", "7Q2M")).rejects.toMatchObject(refused);
    await expect(checkPassword(world.alone(), emailOf("observer"), "not it")).rejects.toMatchObject(refused);
    // The sixth has locked: the right ones are not even compared.
    await expect(showCode(world.alone(), session, "totp", await world.codeOf())).rejects.toMatchObject(refused);
    await expect(checkPassword(world.alone(), emailOf("observer"), PASSWORD)).rejects.toMatchObject(refused);
    world.pass({ minutes: 30 });
    expect(await checkPassword(world.alone(), emailOf("observer"), PASSWORD)).toMatchObject({
      userId: world.userId("observer"),
    });
  });

  it("does not let a known password buy endless guesses at codes: after twenty an admin is needed", async () => {
    for (let guess = 0; guess < 20; guess += 1) {
      const session = await afterPassword("officer");
      await expect(showCode(world.alone(), session, "totp", "000000")).rejects.toMatchObject(refused);
      world.pass({ minutes: guess % 6 === 5 ? 31 : 1 });
    }
    world.pass({ days: 30 });
    await expect(checkPassword(world.alone(), emailOf("officer"), PASSWORD)).rejects.toMatchObject(refused);
  });

  it("takes a recovery code once, however it is written", async () => {
    const { context } = await steppedUp("colleague");
    const [first = "", second = ""] = await renewRecoveryCodes(context);
    expect((await listFactors(context, await world.session("colleague"))).recoveryCodesLeft).toBe(10);
    const typed = ` ${first.toLowerCase().replaceAll("-", " ")} `;
    expect((await showCode(world.alone(), await afterPassword("colleague"), "recovery_code", typed)).stage).toBe(
      "full",
    );
    const again = await afterPassword("colleague");
    await expect(showCode(world.alone(), again, "recovery_code", first)).rejects.toMatchObject(refused);
    // New codes make the old ones void.
    await renewRecoveryCodes((await steppedUp("colleague")).context);
    const later = await afterPassword("colleague");
    await expect(showCode(world.alone(), later, "recovery_code", second)).rejects.toMatchObject(refused);
  });
});

describe("a passkey", () => {
  it("is enough for a sign-in, a second factor and a step-up, each challenge answered once", async () => {
    const { authenticator } = await newPasskey("qsa");
    const shown = authenticator.show(await passkeyRequest(world.alone(), "sign_in", null));
    expect((await signInByPasskey(world.alone(), shown, "test")).stage).toBe("full");
    await expect(signInByPasskey(world.alone(), shown, "test")).rejects.toMatchObject(refused);

    const session = await afterPassword("qsa");
    const asked = await passkeyRequest(world.alone(), "factor", session.actor);
    expect((await showPasskey(world.alone(), session, authenticator.show(asked))).stage).toBe("full");

    const context = await world.as("qsa");
    const again = await passkeyRequest(context, "step_up", context.actor);
    const left = await world.eventsOf(() => stepUp(context, { passkey: authenticator.show(again) }));
    expect(left).toMatchObject([{ action: "session.stepped_up", by: "qsa", chain: "firm" }]);
  });

  it("opens no locked account, alone or after the password, until the lock ends", async () => {
    const { authenticator } = await newPasskey("lead");
    const session = await afterPassword("lead");
    for (let guess = 0; guess < 6; guess += 1) {
      await expect(checkPassword(world.alone(), emailOf("lead"), "not it")).rejects.toMatchObject(refused);
    }
    const alone = authenticator.show(await passkeyRequest(world.alone(), "sign_in", null));
    const left = await world.eventsOf(async () => {
      await expect(signInByPasskey(world.alone(), alone, "test")).rejects.toMatchObject(refused);
      const second = authenticator.show(await passkeyRequest(world.alone(), "factor", session.actor));
      await expect(showPasskey(world.alone(), session, second)).rejects.toMatchObject(refused);
    });
    expect(left.map(({ action }) => action)).toEqual(["session.failed", "session.factor_failed"]);
    world.pass({ minutes: 30 });
    const later = authenticator.show(await passkeyRequest(world.alone(), "sign_in", null));
    expect((await signInByPasskey(world.alone(), later, "test")).stage).toBe("full");
  });

  it("is refused from elsewhere, unchecked, for another purpose, in another's session, or too late", async () => {
    const { authenticator } = await newPasskey("assistant");
    const ask = () => passkeyRequest(world.alone(), "sign_in", null);
    const signIn = (shown: ReturnType<Authenticator["show"]>) => signInByPasskey(world.alone(), shown, "test");
    await expect(signIn(authenticator.show(await ask(), { origin: "https://evil.example" }))).rejects.toMatchObject(
      refused,
    );
    await expect(signIn(authenticator.show(await ask(), { checked: false }))).rejects.toMatchObject(refused);
    await expect(signIn(authenticator.show(await ask(), { challenge: "bWFkZSB1cA" }))).rejects.toMatchObject(refused);
    const session = await afterPassword("assistant");
    const factor = await passkeyRequest(world.alone(), "factor", session.actor);
    await expect(signIn(authenticator.show(factor))).rejects.toMatchObject(refused);
    const others = await afterPassword("qsa");
    const theirs = await passkeyRequest(world.alone(), "factor", others.actor);
    await expect(showPasskey(world.alone(), others, authenticator.show(theirs))).rejects.toMatchObject(refused);
    const late = await ask();
    world.pass({ minutes: 5 });
    await expect(signIn(authenticator.show(late))).rejects.toMatchObject(refused);
    expect((await signIn(authenticator.show(await ask()))).stage).toBe("full");
  });

  it("is added, named and removed after a step-up alone, and is not the last factor to go", async () => {
    world.pass({ minutes: 6 });
    const plain = await world.as("contributor");
    await expect(beginPasskey(plain, await world.session("contributor"))).rejects.toMatchObject(stepUpFirst);
    await expect(removeApp(plain)).rejects.toMatchObject(stepUpFirst);
    await expect(removeApp((await steppedUp("contributor")).context)).rejects.toMatchObject({ code: "blocked" });
    const { id } = await newPasskey("contributor");
    const { context } = await steppedUp("contributor");
    const left = await world.eventsOf(async () => {
      await namePasskey(context, id, "Old laptop");
      await removeApp(context);
    });
    expect(left.map(({ action, changes }) => [action, changes])).toMatchObject([
      ["factor.renamed", [{ table: "passkey", id }]],
      ["factor.removed", [{ table: "totp_factor", id: world.userId("contributor") }]],
    ]);
    await expect(removePasskey(context, id)).rejects.toMatchObject({ code: "blocked" });
    const stranger = await world.steppedUp("stranger");
    await expect(removePasskey(stranger, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a sign-in that was begun before the first factor", () => {
  const enrolling = async (person: Person) => {
    const { userId } = await checkPassword(world.alone(), emailOf(person), PASSWORD);
    const session = await opened((await openSession(world.alone(), userId, ["password"], "test")).token);
    expect(session.stage).toBe("enrol");
    return session;
  };
  const confirm = async (session: OpenSession) => {
    const secret = (await beginApp(world.alone(), session)).secret.replaceAll(" ", "");
    return confirmApp(
      world.alone(),
      session,
      await generate({ secret, epoch: Math.floor(world.now.getTime() / 1000) }),
    );
  };

  it("ends when the factor is enrolled elsewhere, and adds none beside it", async () => {
    await world.withoutFactors("observer");
    const thief = await enrolling("observer");
    const asked = await beginPasskey(world.alone(), thief);
    const owner = await enrolling("observer");
    const left = await world.eventsOf(async () => {
      expect((await confirm(owner)).fresh.stage).toBe("full");
    });
    const ended = { kind: "totp", sessionsEnded: [thief.actor.sessionId] };
    expect(left.find(({ action }) => action === "factor.enrolled")).toMatchObject({ detail: ended });
    // Also what was under way in it: each step asks again.
    const second = { code: "second_factor_required" };
    await expect(beginApp(world.alone(), thief)).rejects.toMatchObject(second);
    const made = new Authenticator(world.alone().url).make(asked);
    await expect(addPasskey(world.alone(), thief, "Mine", made)).rejects.toMatchObject(second);
    expect((await listFactors(world.alone(), await world.session("observer"))).passkeyCount).toBe(0);
  });

  it("is one of two that enrol at the same time", async () => {
    await world.withoutFactors("observer");
    const both = [await enrolling("observer"), await enrolling("observer")];
    const made: RegistrationResponseJSON[] = [];
    for (const session of both) {
      const authenticator = new Authenticator(world.alone().url);
      made.push(authenticator.make(await beginPasskey(world.alone(), session)));
    }
    const added = await Promise.allSettled(
      both.map((session, index) =>
        addPasskey(world.alone(), session, "Laptop", made[index] as RegistrationResponseJSON),
      ),
    );
    expect(added.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("a lock", () => {
  const lock = async (person: Person) => {
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      await expect(checkPassword(world.alone(), emailOf(person), "not it")).rejects.toMatchObject(refused);
    }
  };

  it("is neither passed nor ended by a passkey that is shown again, nor ended by a new one", async () => {
    const { authenticator } = await newPasskey("reviewer");
    const { context, session } = await steppedUp("reviewer");
    await lock("reviewer");
    const again = authenticator.show(await passkeyRequest(context, "step_up", context.actor));
    const left = await world.eventsOf(() => expect(stepUp(context, { passkey: again })).rejects.toMatchObject(refused));
    expect(left.map(({ action }) => action)).toEqual(["session.step_up_failed"]);
    const another = new Authenticator(context.url);
    await addPasskey(context, session, "Phone", another.make(await beginPasskey(context, session)));
    await expect(checkPassword(world.alone(), emailOf("reviewer"), PASSWORD)).rejects.toMatchObject(refused);
  });
});

describe("sign-ins with the password alone", () => {
  it("push nobody out who has finished theirs", async () => {
    const finished = [];
    for (const _ of [1, 2, 3]) finished.push(await world.signedIn("stranger"));
    for (const _ of [1, 2, 3, 4]) await afterPassword("stranger");
    for (const token of finished) expect((await opened(token)).stage).toBe("full");
  });
});

describe("two factors", () => {
  it("are not both removed at the same time", async () => {
    const { id } = await newPasskey("colleague");
    const { context } = await steppedUp("colleague");
    const removed = await Promise.allSettled([removeApp(context), removePasskey(context, id)]);
    expect(removed.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("a passkey of somebody", () => {
  it("that is not shown rightly, or of a disabled account, is a failure on their own chain", async () => {
    const { authenticator } = await newPasskey("assistant");
    const shown = async (choice = {}) =>
      signInByPasskey(
        world.alone(),
        authenticator.show(await passkeyRequest(world.alone(), "sign_in", null), choice),
        "test",
      );
    const left = await world.eventsOf(async () => {
      await expect(shown({ origin: "https://evil.example" })).rejects.toMatchObject(refused);
      await setAccountDisabled(await world.steppedUp("firmAdmin"), world.userId("assistant"), true);
      await expect(shown()).rejects.toMatchObject(refused);
    });
    await setAccountDisabled(await world.steppedUp("firmAdmin"), world.userId("assistant"), false);
    const failures = left.filter(({ action }) => action === "session.failed");
    const userId = world.userId("assistant");
    expect(failures).toMatchObject([
      { chain: "firm", detail: { userId, reason: "wrong_passkey" } },
      { chain: "firm", detail: { userId, reason: "disabled" } },
    ]);
  });
});

describe("a change of one's own factors without a step-up, or with one of five minutes ago, is a denial:", () => {
  type Change = (context: SignedInContext, session: OpenSession) => Promise<unknown>;
  const made = { id: "", rawId: "", type: "public-key", response: { clientDataJSON: "", attestationObject: "" } };
  it.each<[string, Change]>([
    ["beginning an app", (context, session) => beginApp(context, session)],
    ["confirming an app", (context, session) => confirmApp(context, session, "000000")],
    ["removing an app", (context) => removeApp(context)],
    ["beginning a passkey", (context, session) => beginPasskey(context, session)],
    [
      "adding a passkey",
      (context, session) => addPasskey(context, session, "Laptop", made as unknown as RegistrationResponseJSON),
    ],
    ["removing a passkey", (context) => removePasskey(context, "00000000-0000-4000-8000-000000000000")],
    ["new recovery codes", (context) => renewRecoveryCodes(context)],
  ])("%s", async (_what, change) => {
    const refusal = async (context: SignedInContext, session: OpenSession) => {
      const left = await world.eventsOf(() => expect(change(context, session)).rejects.toMatchObject(stepUpFirst));
      const detail = {
        attempted: "account.factors",
        code: "step_up",
        reference: { personId: world.userId("assistant") },
      };
      expect(left).toMatchObject([{ action: "access.denied", by: "assistant", chain: "firm", changes: [], detail }]);
    };
    const without = await world.as("assistant");
    await refusal(without, await world.session("assistant"));
    await world.steppedUp("assistant");
    world.pass({ minutes: 5 });
    await refusal(await world.as("assistant"), await world.session("assistant"));
  });
});

describe("somebody without a factor", () => {
  it("reaches nothing but its enrolment, then gets ten recovery codes and goes on", async () => {
    const userId = world.userId("isa");
    await world.withoutFactors("isa");
    const { token, stage } = await openSession(world.alone(), userId, ["password"], "test");
    expect(stage).toBe("enrol");
    const session = await opened(token);
    const { secret } = await beginApp(world.alone(), session);
    await expect(confirmApp(world.alone(), session, "000000")).rejects.toMatchObject({ code: "invalid" });
    const plain = secret.replaceAll(" ", "");
    const code = await generate({ secret: plain, epoch: Math.floor(world.now.getTime() / 1000) });
    const { fresh, recoveryCodes } = await confirmApp(world.alone(), session, code);
    expect(fresh.stage).toBe("full");
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const one of recoveryCodes) expect(one).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    // With the password alone nobody adds a second app beside the first.
    const next = await afterPassword("isa");
    expect(next.stage).toBe("factor");
    await expect(beginApp(world.alone(), next)).rejects.toMatchObject({ code: "second_factor_required" });
  });
});
