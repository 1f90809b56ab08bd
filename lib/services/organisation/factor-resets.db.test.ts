import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actorOfToken } from "@/lib/auth/session";
import { checkPassword, openSession } from "@/lib/auth/sign-in";
import { openMailer } from "@/lib/mail/mailer";
import { addPasskey, beginPasskey } from "@/lib/services/account/factors/passkeys";
import { decideOnFactorReset, readFactorResets, requestFactorReset } from "@/lib/services/organisation/factor-resets";
import { readAccounts } from "@/lib/services/organisation/list-people";
import { changeRole } from "@/lib/services/organisation/manage-accounts";
import { Authenticator } from "@/test/authenticator";
import { MailPeer } from "@/test/mail-peer";
import { emailOf, PASSWORD, type Person, World } from "@/test/world";

let world: World;
let peer: MailPeer;
beforeAll(async () => {
  world = await World.make();
  peer = await MailPeer.start();
  world.mail = openMailer(peer.settings);
  for (const person of ["colleague", "lead"] as const) {
    await changeRole(await world.steppedUp("admin"), world.userId(person), "admin");
  }
});
afterAll(async () => {
  await peer.stop();
  await world.close();
});
beforeEach(() => world.pass({ hours: 25 }));

const ask = async (by: Person, whom: Person) =>
  requestFactorReset(await world.steppedUp(by), world.userId(whom), "The phone was stolen.");
const decide = async (by: Person, id: string, decision: "approved" | "declined" = "approved") =>
  decideOnFactorReset(await world.steppedUp(by), id, decision);
const hasFactor = async (person: Person) =>
  (await readAccounts(await world.as("admin"))).items.find(({ id }) => id === world.userId(person))?.secondFactor;
const subject = async () => (await peer.next()).headers.get("subject");
const waiting = async () => (await readFactorResets(await world.as("admin"))).items;

describe("a reset of second factors", () => {
  it("takes two administrators, removes everything, ends the sessions and tells the person", async () => {
    const authenticator = new Authenticator(world.alone().url);
    const options = await beginPasskey(await world.steppedUp("reviewer"), await world.session("reviewer"));
    const made = authenticator.make(options);
    await addPasskey(await world.steppedUp("reviewer"), await world.session("reviewer"), "Laptop", made);
    const token = await world.signedIn("reviewer");

    const { id } = await ask("admin", "reviewer");
    expect(await subject()).toBe("An administrator asks to remove your second factors (Countervail)");
    expect(await waiting()).toMatchObject([
      {
        id,
        person: { id: world.userId("reviewer") },
        requestedBy: { id: world.userId("admin") },
        reason: "The phone was stolen.",
      },
    ]);
    expect(await hasFactor("reviewer")).toBe(true);
    expect(await actorOfToken(world.alone(), token, true)).not.toBeNull();

    const left = await world.eventsOf(() => decide("colleague", id));
    expect(left.at(-1)).toMatchObject({ action: "factor.reset_approved", by: "colleague", chain: "entity" });
    expect(
      left
        .at(-1)
        ?.changes.map(({ table }) => table)
        .sort(),
    ).toEqual(["factor_reset", "passkey", ...Array<string>(10).fill("recovery_code"), "totp_factor"]);
    expect(await subject()).toBe("Your second factors were removed (Countervail)");
    expect(await actorOfToken(world.alone(), token, true)).toBeNull();
    expect(await hasFactor("reviewer")).toBe(false);
    const { userId } = await checkPassword(world.alone(), emailOf("reviewer"), PASSWORD);
    expect((await openSession(world.alone(), userId, ["password"], "test")).stage).toBe("enrol");
    expect(await waiting()).toEqual([]);
    await expect(decide("lead", id)).rejects.toMatchObject({ code: "wrong_state" });
    await expect(ask("admin", "reviewer")).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("is never agreed to by whoever asked, who may take it back", async () => {
    const { id } = await ask("admin", "observer");
    await subject();
    const left = await world.eventsOf(() => expect(decide("admin", id)).rejects.toMatchObject({ code: "forbidden" }));
    expect(left.at(-1)).toMatchObject({ action: "access.denied", by: "admin", chain: "entity" });
    expect(await hasFactor("observer")).toBe(true);
    await expect(ask("colleague", "observer")).rejects.toMatchObject({ code: "already_exists" });
    await decide("admin", id, "declined");
    expect(await subject()).toBe("Your second factors stay as they are (Countervail)");
    expect(await hasFactor("observer")).toBe(true);
    await expect(decide("colleague", id)).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("is decided once, however many decide at a time", async () => {
    const { id } = await ask("admin", "observer");
    await subject();
    await world.steppedUp("colleague");
    await world.steppedUp("lead");
    const all = await Promise.allSettled([decide("colleague", id), decide("lead", id, "declined")]);
    expect(all.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await hasFactor("observer")).toBe(all[0]?.status === "rejected");
    await subject();
  });

  it("waits for a day", async () => {
    const { id } = await ask("admin", "contributor");
    await subject();
    world.pass({ hours: 24 });
    expect(await waiting()).toEqual([]);
    await expect(decide("colleague", id)).rejects.toMatchObject({ code: "wrong_state" });
    expect(await hasFactor("contributor")).toBe(true);
  });

  it("needs a second administrator beside the one concerned, and says what to do without one", async () => {
    await expect(
      requestFactorReset(await world.steppedUp("firmAdmin"), world.userId("qsa"), "Lost."),
    ).rejects.toMatchObject({
      code: "blocked",
      message: expect.stringContaining("Make somebody else an administrator first"),
    });
    await changeRole(await world.steppedUp("firmAdmin"), world.userId("qsa"), "admin");
    world.pass({ seconds: 1 });
    // The only other administrator is the one whose factors are to go.
    await expect(ask("firmAdmin", "qsa")).rejects.toMatchObject({ code: "blocked" });
    await ask("firmAdmin", "assistant");
    await subject();
  });

  it("is nobody's for oneself, no member's and no other organisation's", async () => {
    const { id } = await ask("admin", "colleague");
    await subject();
    for (const person of ["colleague", "isa", "firmAdmin"] as const) await world.steppedUp(person);
    const attempts = [
      [() => ask("admin", "admin"), "forbidden", "admin", "entity"],
      [() => ask("isa", "contributor"), "forbidden", "isa", "entity"],
      [() => ask("firmAdmin", "contributor"), "not_found", "firmAdmin", "firm"],
      [() => decide("colleague", id), "forbidden", "colleague", "entity"],
      [() => decide("isa", id), "forbidden", "isa", "entity"],
      [() => decide("firmAdmin", id), "not_found", "firmAdmin", "firm"],
      [async () => readFactorResets(await world.as("isa")), "forbidden", "isa", "entity"],
    ] as const;
    for (const [attempt, code, by, chain] of attempts) {
      const left = await world.eventsOf(() => expect(attempt()).rejects.toMatchObject({ code }));
      expect(left).toMatchObject([{ action: "access.denied", by, chain }]);
    }
    expect(await hasFactor("colleague")).toBe(true);
    await expect(
      world.behind.prisma.factorReset.updateMany({
        where: { id },
        data: { decision: "approved", decidedById: world.userId("admin"), decidedAt: world.now },
      }),
    ).rejects.toThrow(/factor_reset_two_people/);
  });
});
