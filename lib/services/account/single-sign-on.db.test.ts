import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { passkeyRequest } from "@/lib/auth/factors/passkey";
import { signInByPasskey } from "@/lib/auth/second-factor";
import { requireSession, sessionOfToken } from "@/lib/auth/session";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import { openMailer } from "@/lib/mail/mailer";
import { acceptInvitation, readInvitation } from "@/lib/services/account/accept-invitation";
import { changePassword } from "@/lib/services/account/change-password";
import { listFactors } from "@/lib/services/account/factors/list-factors";
import { addPasskey, beginPasskey } from "@/lib/services/account/factors/passkeys";
import { askPasswordReset } from "@/lib/services/account/reset-password";
import { invitePerson } from "@/lib/services/organisation/invite-person";
import { Authenticator } from "@/test/authenticator";
import { linkIn, MailPeer } from "@/test/mail-peer";
import { OidcPeer } from "@/test/oidc-peer";
import { setSso } from "@/test/sso";
import { emailOf, PASSWORD, type Person, World } from "@/test/world";

let world: World;
let peer: OidcPeer;
let post: MailPeer;
const keys = new Map<Person, Authenticator>();
beforeAll(async () => {
  world = await World.make();
  peer = await OidcPeer.start([]);
  post = await MailPeer.start();
  world.mail = openMailer(post.settings);
  for (const person of ["admin", "lead"] as const) await givePasskey(person);
});
afterAll(async () => {
  await post.stop();
  await peer.stop();
  await world.close();
});
beforeEach(async () => {
  world.pass({ hours: 1 });
  await setSso(world, peer);
});

async function givePasskey(person: Person): Promise<void> {
  const [context, session] = [await world.steppedUp(person), await world.session(person)];
  const key = new Authenticator(context.url);
  await addPasskey(context, session, "Laptop", key.make(await beginPasskey(context, session)));
  keys.set(person, key);
}

const byPasskey = async (person: Person) => {
  const request = await passkeyRequest(world.alone(), "sign_in", null);
  const shown = keys.get(person)?.show(request);
  if (!shown) throw new Error("No passkey.");
  return signInByPasskey(world.alone(), shown, "test");
};
const failureOf = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error);
/** Somebody who came in by the provider, with its second factor. */
async function cameIn(person: Person) {
  const { token } = await openSession(world.alone(), world.userId(person), ["sso", "sso_mfa"], "test");
  const session = requireSession(await sessionOfToken(world.alone(), token, true));
  return { session, context: { ...world.alone(), actor: session.actor } };
}

describe("who has to come by the identity provider", () => {
  it("is answered to the right password as anybody is to a wrong one, and the trail says why", async () => {
    const right = { error: null as unknown };
    const left = await world.eventsOf(async () => {
      right.error = await failureOf(checkPassword(world.alone(), emailOf("lead"), PASSWORD));
    });
    expect(left).toMatchObject([
      { action: "session.failed", chain: "entity", detail: { userId: world.userId("lead"), reason: "single_sign_on" } },
    ]);
    expect(right.error).not.toBeNull();
    expect(right.error).toEqual(await failureOf(checkPassword(world.alone(), emailOf("qsa"), "wrong")));
    expect(right.error).toEqual(await failureOf(checkPassword(world.alone(), "nobody@entity.example", "wrong")));
  });

  it("does not come in by a passkey alone", async () => {
    const left = await world.eventsOf(async () => {
      await expect(byPasskey("lead")).rejects.toMatchObject({ code: "invalid_credentials" });
    });
    expect(left).toMatchObject([{ detail: { userId: world.userId("lead"), reason: "single_sign_on" } }]);
    const opened = openSession(world.alone(), world.userId("lead"), ["password"], "test");
    await expect(opened).rejects.toMatchObject({ code: "invalid_credentials" });
  });

  it("gets no mail to choose a password, and the same answer as everybody", async () => {
    const answers: object[] = [];
    const left = await world.eventsOf(async () => {
      for (const person of ["lead", "qsa"] as const)
        answers.push(await askPasswordReset(world.alone(), emailOf(person)));
    });
    expect(answers).toEqual([{ byMail: true }, { byMail: true }]);
    const outcomes = Object.fromEntries(left.map(({ chain, detail }) => [chain, detail.outcome]));
    expect(outcomes).toEqual({ entity: "single_sign_on", firm: "mailed" });
    expect((await post.next()).to).toEqual([emailOf("qsa")]);
  });

  it("shows again who they are by anything but the password, and cannot change that either", async () => {
    const { context, session } = await cameIn("lead");
    await expect(stepUp(context, { password: PASSWORD })).rejects.toMatchObject({ code: "invalid_credentials" });
    expect((await stepUp(context, { code: await world.codeOf() })).token).toMatch(/^[\w-]{43}$/);
    const change = { currentPassword: PASSWORD, newPassword: "another long password" };
    await expect(changePassword(context, session, change)).rejects.toMatchObject({ code: "wrong_state" });
    expect(await listFactors(context, session)).toMatchObject({
      password: false,
      singleSignOn: world.organisationId("entity"),
    });
  });

  it("joins without a password, and chooses one where single sign-on was switched off meanwhile", async () => {
    const invited = async (name: string) => {
      const email = `${name}@entity.example`;
      await invitePerson(await world.steppedUp("admin"), { name, email, role: "member" });
      return {
        email,
        token:
          linkIn(await post.next())
            .split("/")
            .at(-1) ?? "",
      };
    };
    const first = await invited("ines");
    expect((await readInvitation(world.alone(), first.token)).ssoConnectionId).toEqual(expect.any(String));
    await acceptInvitation(world.alone(), { token: first.token, name: "Ines", password: PASSWORD });
    await setSso(world, peer, { enabled: false });
    // What was sent all the same is not kept.
    await expect(checkPassword(world.alone(), first.email, PASSWORD)).rejects.toBeDefined();
    const second = await invited("odile");
    expect((await readInvitation(world.alone(), second.token)).ssoConnectionId).toBeNull();
    const accept = (password?: string) =>
      acceptInvitation(world.alone(), { token: second.token, name: "Odile", ...(password ? { password } : {}) });
    await expect(accept()).rejects.toMatchObject({ code: "invalid", extras: { errors: [{ path: "password" }] } });
    await accept(PASSWORD);
    await checkPassword(world.alone(), second.email, PASSWORD);
  });

  it("comes in as before once it is switched off", async () => {
    await setSso(world, peer, { enabled: false });
    expect(await checkPassword(world.alone(), emailOf("lead"), PASSWORD)).toMatchObject({
      userId: world.userId("lead"),
    });
    expect((await byPasskey("lead")).stage).toBe("full");
  });

  it("is nobody of another organisation, and nobody of another domain", async () => {
    expect(await checkPassword(world.alone(), emailOf("qsa"), PASSWORD)).toMatchObject({ userId: world.userId("qsa") });
    await setSso(world, peer, { enabled: false, domains: [] });
    expect(await checkPassword(world.alone(), emailOf("lead"), PASSWORD)).toMatchObject({
      userId: world.userId("lead"),
    });
  });
});

describe("the administrator who may break the glass", () => {
  it.each(["password", "passkey"] as const)("comes in by %s, which is an event of its own", async (way) => {
    const left = await world.eventsOf(async () => {
      if (way === "passkey") return byPasskey("admin");
      const { userId } = await checkPassword(world.alone(), emailOf("admin"), PASSWORD);
      expect((await openSession(world.alone(), userId, ["password"], "test")).stage).toBe("factor");
    });
    expect(left.map(({ action, by }) => [action, by])).toEqual([
      ["session.started", "admin"],
      ["sso.glass_broken", "admin"],
    ]);
  });

  it("leaves no such event by coming in through the provider", async () => {
    const left = await world.eventsOf(() => cameIn("admin"));
    expect(left.map(({ action }) => action)).toEqual(["session.started"]);
  });
});
