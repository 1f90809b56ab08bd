import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { showCode } from "@/lib/auth/second-factor";
import { actorOfToken, requireSession, sessionOfToken } from "@/lib/auth/session";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { stepUp } from "@/lib/auth/step-up";
import { NO_MAIL, openMailer } from "@/lib/mail/mailer";
import { changePassword } from "@/lib/services/account/change-password";
import { addPasskey, beginPasskey } from "@/lib/services/account/factors/passkeys";
import { acceptPasswordReset, askPasswordReset, readPasswordReset } from "@/lib/services/account/reset-password";
import { setAccountDisabled, unlockAccount } from "@/lib/services/organisation/manage-accounts";
import { resetPassword } from "@/lib/services/organisation/reset-password";
import { Authenticator } from "@/test/authenticator";
import { linkIn, MailPeer } from "@/test/mail-peer";
import { emailOf, PASSWORD, type Person, World } from "@/test/world";

let world: World;
let peer: MailPeer;
beforeAll(async () => {
  world = await World.make();
  peer = await MailPeer.start();
});
afterAll(async () => {
  await peer.stop();
  await world.close();
});
beforeEach(() => {
  peer.refuses = false;
  world.mail = openMailer(peer.settings);
  world.pass({ hours: 1 });
});

const gone = { code: "not_found" };
const refused = { code: "invalid_credentials" };
const ask = (email: string) => askPasswordReset(world.alone(), email);
const accept = (token: string, password: string) => acceptPasswordReset(world.alone(), { token, password });
const signIn = (person: Person, password = PASSWORD) => checkPassword(world.alone(), emailOf(person), password);
const isAlive = async (token: string) => (await actorOfToken(world.alone(), token, true)) !== null;
const next = async () =>
  linkIn(await peer.next())
    .split("/")
    .at(-1) ?? "";
/** The token of a link that somebody asked for. */
async function asked(person: Person): Promise<string> {
  await ask(emailOf(person));
  return next();
}

describe("asking for a new password", () => {
  it("is answered alike, whoever asks for whom, and only an account's own address gets a link", async () => {
    await setAccountDisabled(await world.steppedUp("admin"), world.userId("observer"), true);
    const before = peer.received.length;
    const left = await world.eventsOf(async () => {
      for (const email of ["nobody@entity.example", emailOf("observer"), emailOf("lead")]) {
        expect(await ask(email)).toEqual({ byMail: true });
      }
    });
    const outcomes = left.map(({ chain, action, by, detail }) => [chain, action, by, detail.outcome]);
    expect(outcomes).toEqual(
      expect.arrayContaining([
        ["system", "password.reset_requested", null, "unknown_account"],
        ["entity", "password.reset_requested", null, "disabled"],
        ["entity", "password.reset_requested", null, "mailed"],
      ]),
    );
    expect(outcomes).toHaveLength(3);
    const mail = await peer.next();
    expect(mail.to).toEqual([emailOf("lead")]);
    expect(linkIn(mail)).toMatch(/^http:\/\/localhost:4999\/reset\/[\w-]{43}$/);
    expect(peer.received).toHaveLength(before + 1);

    world.mail = NO_MAIL;
    for (const email of ["nobody@entity.example", emailOf("lead")]) expect(await ask(email)).toEqual({ byMail: false });
  });

  it("fills nobody's inbox, however many ask at once, and takes no link away", async () => {
    const before = peer.received.length;
    await Promise.all(Array.from({ length: 10 }, () => ask(emailOf("reviewer"))));
    const tokens = [await next(), await next(), await next()];
    expect(peer.received).toHaveLength(before + 3);
    for (const token of tokens)
      expect(await readPasswordReset(world.alone(), token)).toMatchObject({
        email: emailOf("reviewer"),
        passwordMinLength: 12,
      });
    world.pass({ minutes: 30 });
    await asked("reviewer");
  });
});

describe("a link for a new password", () => {
  it("works once, ends all sessions, and makes the other links void", async () => {
    const [first, second] = [await asked("contributor"), await asked("contributor")];
    const sessions = [await world.signedIn("contributor"), await world.signedIn("contributor")];
    const left = await world.eventsOf(() => accept(second, "a few unrelated words"));
    expect(left).toMatchObject([{ action: "password.reset", by: "contributor", chain: "entity" }]);
    expect((await peer.next()).headers.get("subject")).toBe("Your password for Countervail was changed");
    for (const token of sessions) expect(await isAlive(token)).toBe(false);
    await expect(signIn("contributor")).rejects.toMatchObject(refused);
    expect(await signIn("contributor", "a few unrelated words")).toMatchObject({ userId: world.userId("contributor") });
    for (const token of [first, second])
      await expect(accept(token, "some other unrelated words")).rejects.toMatchObject(gone);
  });

  it("works for one of several who use it at the same time", async () => {
    const token = await asked("colleague");
    const passwords = ["one unrelated word", "two unrelated words", "three unrelated words", "four unrelated words"];
    const all = await Promise.allSettled(passwords.map((password) => accept(token, password)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const winner = passwords[all.findIndex(({ status }) => status === "fulfilled")];
    expect(await signIn("colleague", winner)).toMatchObject({ userId: world.userId("colleague") });
    await peer.next();
  });

  it("ends after thirty minutes, and with the account", async () => {
    const token = await asked("officer");
    world.pass({ minutes: 29, seconds: 59 });
    expect(await readPasswordReset(world.alone(), token)).toMatchObject({ email: emailOf("officer") });
    world.pass({ seconds: 1 });
    const left = await world.eventsOf(async () => {
      await expect(readPasswordReset(world.alone(), token)).rejects.toMatchObject(gone);
      await expect(accept(token, "a few unrelated words")).rejects.toMatchObject(gone);
    });
    expect(left).toMatchObject([1, 2].map(() => ({ action: "password.reset_failed", chain: "system", by: null })));
    const another = await asked("officer");
    await setAccountDisabled(await world.steppedUp("admin"), world.userId("officer"), true);
    await expect(accept(another, "a few unrelated words")).rejects.toMatchObject(gone);
  });

  it("takes no password that is weak or one of the last four", async () => {
    const complaint = { code: "invalid", extras: { errors: [{ path: "password" }] } };
    const passwords = [PASSWORD, "the second of them", "the third of them all", "and the fourth of them"];
    for (const password of passwords.slice(1)) {
      await accept(await asked("isa"), password);
      await peer.next();
    }
    const token = await asked("isa");
    for (const password of [...passwords, "password12345", "short"]) {
      await expect(accept(token, password), password).rejects.toMatchObject(complaint);
    }
    await accept(token, "the fifth of them");
    await peer.next();
    const later = await asked("isa");
    await accept(later, PASSWORD);
    await peer.next();
  });

  it("is a way around neither the second factor nor a lock", async () => {
    const token = await asked("reviewer");
    const { userId } = await checkPassword(world.alone(), emailOf("reviewer"), PASSWORD);
    const half = await openSession(world.alone(), userId, ["password"], "test");
    const session = requireSession(await sessionOfToken(world.alone(), half.token, true));
    const wrong = () => showCode(world.alone(), session, "totp", "000000");
    for (const _ of [1, 2, 3, 4, 5, 6]) await expect(wrong()).rejects.toMatchObject(refused);
    await accept(token, "a few unrelated words");
    await peer.next();
    await expect(signIn("reviewer", "a few unrelated words")).rejects.toMatchObject(refused);
    world.pass({ minutes: 30 });
    const again = await signIn("reviewer", "a few unrelated words");
    expect((await openSession(world.alone(), again.userId, ["password"], "test")).stage).toBe("factor");
  });
});

describe("an administrator's reset", () => {
  const reset = async (person: Person) => resetPassword(await world.steppedUp("firmAdmin"), world.userId(person));

  it("ends the password, links and sessions at once, and mails a link for a day", async () => {
    const own = await asked("assistant");
    const token = await world.signedIn("assistant");
    const context = await world.as("assistant");
    const left = await world.eventsOf(async () =>
      expect(await reset("assistant")).toMatchObject({ mail: "sent", link: null }),
    );
    expect(left.at(-1)).toMatchObject({ action: "password.reset_made", by: "firmAdmin", chain: "firm" });
    const mail = await peer.next();
    expect(mail.text).toContain(
      "The firmAdmin of Ledgerline Assurance, an administrator of your organisation, ended your password",
    );
    expect(await isAlive(token)).toBe(false);
    await expect(signIn("assistant")).rejects.toMatchObject(refused);
    await expect(stepUp(context, { password: PASSWORD })).rejects.toMatchObject(refused);
    await expect(accept(own, "a few unrelated words")).rejects.toMatchObject(gone);
    world.pass({ hours: 23, minutes: 59 });
    const link = linkIn(mail).split("/").at(-1) ?? "";
    await expect(accept(link, PASSWORD)).rejects.toMatchObject({ code: "invalid" });
    await accept(link, "a few unrelated words");
    await peer.next();
    expect(await signIn("assistant", "a few unrelated words")).toMatchObject({ userId: world.userId("assistant") });
  });

  it("gives the link to the administrator where no mail takes it", async () => {
    world.mail = NO_MAIL;
    const made = await reset("assistant");
    expect(made.mail).toBe("off");
    await accept(made.link?.split("/").at(-1) ?? "", "another three words");
    expect(await signIn("assistant", "another three words")).toMatchObject({ userId: world.userId("assistant") });
  });

  it("lets whoever has a passkey choose the new password with it", async () => {
    const authenticator = new Authenticator(world.alone().url);
    const options = await beginPasskey(await world.steppedUp("qsa"), await world.session("qsa"));
    await addPasskey(await world.steppedUp("qsa"), await world.session("qsa"), "Laptop", authenticator.make(options));
    await reset("qsa");
    const link = await next();
    const opened = await openSession(world.alone(), world.userId("qsa"), ["passkey"], "test");
    expect(opened.stage).toBe("change_password");
    const session = requireSession(await sessionOfToken(world.alone(), opened.token, true));
    expect((await changePassword(world.alone(), session, { newPassword: PASSWORD }).catch((error) => error)).code).toBe(
      "invalid",
    );
    const change = { newPassword: "yet another few words" };
    expect((await changePassword(world.alone(), session, change)).stage).toBe("full");
    await expect(accept(link, "some other few words")).rejects.toMatchObject(gone);
    expect(await signIn("qsa", "yet another few words")).toMatchObject({ userId: world.userId("qsa") });
  });

  it("is for a lock no end, and for a disabled account no beginning", async () => {
    const admin = () => world.steppedUp("firmAdmin");
    for (const _ of [1, 2, 3, 4, 5, 6]) await expect(signIn("assistant", "wrong")).rejects.toMatchObject(refused);
    await reset("assistant");
    await accept(await next(), "and three other words");
    await peer.next();
    await expect(signIn("assistant", "and three other words")).rejects.toMatchObject(refused);
    await unlockAccount(await admin(), world.userId("assistant"));
    await signIn("assistant", "and three other words");
    await setAccountDisabled(await admin(), world.userId("assistant"), true);
    await expect(reset("assistant")).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("is nobody's for oneself, no member's and no other organisation's", async () => {
    await world.steppedUp("lead");
    await world.steppedUp("admin");
    await world.steppedUp("firmAdmin");
    for (const [by, whom, code] of [
      ["admin", "admin", "forbidden"],
      ["lead", "reviewer", "forbidden"],
      ["firmAdmin", "reviewer", "not_found"],
    ] as const) {
      const left = await world.eventsOf(async () =>
        expect(resetPassword(await world.steppedUp(by), world.userId(whom))).rejects.toMatchObject({ code }),
      );
      expect(left).toMatchObject([{ action: "access.denied", by, chain: by === "firmAdmin" ? "firm" : "entity" }]);
    }
  });
});
