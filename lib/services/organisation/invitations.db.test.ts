import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newToken } from "@/lib/auth/session-token";
import { openMailer } from "@/lib/mail/mailer";
import { acceptInvitation, readInvitation } from "@/lib/services/account/accept-invitation";
import { createEngagement } from "@/lib/services/engagement/create-engagement";
import { inviteAssessor } from "@/lib/services/engagement/invite-assessor";
import {
  invitePerson,
  readInvitations,
  resendInvitation,
  withdrawInvitation,
} from "@/lib/services/organisation/invite-person";
import { changeSecurityPolicy, readSecurityPolicy } from "@/lib/services/organisation/security-policy";
import { linkIn, MailPeer } from "@/test/mail-peer";
import { World } from "@/test/world";

let world: World;
let peer: MailPeer;
beforeAll(async () => {
  world = await World.make();
  peer = await MailPeer.start();
  world.mail = openMailer(peer.settings);
});
afterAll(async () => {
  await peer.stop();
  await world.close();
});
beforeEach(() => {
  peer.refuses = false;
  world.pass({ minutes: 10 });
});

const admin = () => world.steppedUp("admin");
const invite = async (email: string, name = "Newcomer") => invitePerson(await admin(), { email, name, role: "member" });
const tokenOf = (link: string) => link.split("/").at(-1) ?? "";
const accept = (token: string, password = "a password of their own", name = "Newcomer") =>
  acceptInvitation(world.alone(), { token, name, password });
const gone = { code: "not_found" };

describe("an invitation", () => {
  it("goes to its person by mail, and its link to nobody else", async () => {
    const made = await invite("one@entity.example", "Ola Nordmann");
    expect(made).toMatchObject({ email: "one@entity.example", mail: "sent", link: null });
    const mail = await peer.next();
    expect(mail.to).toEqual(["one@entity.example"]);
    expect(mail.text).toContain("Hello Ola Nordmann,");
    expect(mail.text).toContain("The admin of Quayside Payments invites you to Quayside Payments in Countervail");
    expect(linkIn(mail)).toMatch(/^http:\/\/localhost:4999\/join\/[\w-]{43}$/);
    await accept(tokenOf(linkIn(mail)));
  });

  it("is not lost with its mail: the administrator is told and gets the link", async () => {
    peer.refuses = true;
    const made = await invite("two@entity.example");
    expect(made).toMatchObject({ mail: "failed" });
    expect((await readInvitation(world.alone(), tokenOf(made.link ?? ""))).email).toBe("two@entity.example");
  });

  it("is sent again with a new link, and the one before opens nothing", async () => {
    const { id } = await invite("three@entity.example");
    const first = tokenOf(linkIn(await peer.next()));
    world.pass({ days: 6, hours: 23 });
    const again = await resendInvitation(await admin(), id);
    expect(again.mail).toBe("sent");
    const second = tokenOf(linkIn(await peer.next()));
    await expect(accept(first)).rejects.toMatchObject(gone);
    world.pass({ days: 6, hours: 23 });
    await accept(second);
    await expect(resendInvitation(await admin(), id)).rejects.toMatchObject(gone);
  });

  it("opens nothing once it was withdrawn, and stands in no list", async () => {
    const { id } = await invite("four@entity.example");
    const token = tokenOf(linkIn(await peer.next()));
    await withdrawInvitation(await admin(), id);
    await expect(accept(token)).rejects.toMatchObject(gone);
    const { items } = await readInvitations(await admin());
    expect(items.map(({ email }) => email)).not.toContain("four@entity.example");
    await expect(withdrawInvitation(await admin(), id)).rejects.toMatchObject(gone);
    await expect(resendInvitation(await admin(), id)).rejects.toMatchObject(gone);
  });

  it.each([
    ["sent again", resendInvitation],
    ["withdrawn", withdrawInvitation],
  ] as const)("is %s by administrators of its own organisation alone", async (_what, change) => {
    const { id } = await invite(`${_what.replace(" ", "-")}@entity.example`);
    const token = tokenOf(linkIn(await peer.next()));
    await world.steppedUp("stranger");
    await world.steppedUp("lead");
    for (const [by, code, chain] of [
      ["stranger", "not_found", "elsewhere"],
      ["lead", "forbidden", "entity"],
    ] as const) {
      const left = await world.eventsOf(async () =>
        expect(change(await world.steppedUp(by), id)).rejects.toMatchObject({ code }),
      );
      expect(left).toMatchObject([{ action: "access.denied", by, chain }]);
    }
    expect((await readInvitation(world.alone(), token)).name).toBe("Newcomer");
  });

  it("takes a password only of the quality that the organisation asks for", async () => {
    const policy = await readSecurityPolicy(await admin());
    const { updatedBy: _by, updatedAt: _at, ...values } = policy;
    await changeSecurityPolicy(await admin(), { ...values, passwordMinLength: 20 });
    await invite("five@entity.example", "Federica Montalbano");
    const token = tokenOf(linkIn(await peer.next()));
    for (const password of [
      "nineteen characters",
      "federica.montalbano1",
      "password1234password1234",
      "aaaaaaaaaaaabbbbbbbbbbbbb",
    ]) {
      await expect(accept(token, password, "Federica Montalbano"), password).rejects.toMatchObject({
        code: "invalid",
        extras: { errors: [{ path: "password" }] },
      });
    }
    await accept(token, "twenty-one characters");
  });

  it("leaves an event where the link is none of ours any more, and none where it never could be", async () => {
    const left = await world.eventsOf(async () => {
      for (const token of [newToken(), newToken()]) await expect(accept(token)).rejects.toMatchObject(gone);
      await expect(readInvitation(world.alone(), newToken())).rejects.toMatchObject(gone);
      await expect(readInvitation(world.alone(), "no-such-invitation")).rejects.toMatchObject(gone);
    });
    expect(left).toMatchObject([1, 2, 3].map(() => ({ action: "invitation.failed", chain: "system", by: null })));
  });
});

describe("an assessor company that is new here", () => {
  const settings = {
    name: "ROC 2026",
    standardVersion: "4.0.1",
    assessmentType: "ROC",
    periodStart: "2026-01-01",
    periodEnd: "2026-12-31",
    dueOn: "2027-01-31",
    internalReview: false,
  } as const;
  const firm = { firmName: "Newline Assurance", adminName: "Quinn", adminEmail: "quinn@newline.example" };

  it("is invited by mail, and asked again by a new link that makes the first one void", async () => {
    const { id } = await createEngagement(await world.as("admin"), settings);
    const ask = async () => inviteAssessor(await world.as("admin"), id, firm);
    expect(await ask()).toMatchObject({ mail: "sent", link: null, engagement: { assessor: { name: firm.firmName } } });
    const mail = await peer.next();
    expect(mail.to).toEqual([firm.adminEmail]);
    expect(mail.headers.get("subject")).toBe("Quayside Payments invites Newline Assurance as its assessor");
    await ask();
    const second = await peer.next();
    await expect(accept(tokenOf(linkIn(mail)))).rejects.toMatchObject(gone);
    // A firm that is here already takes its place, and the link leads nowhere.
    const known = { organisationId: world.organisationId("firm") };
    const { engagement, ...rest } = await inviteAssessor(await world.as("admin"), id, known);
    expect([engagement.assessor?.name, rest]).toEqual(["Ledgerline Assurance", {}]);
    await expect(accept(tokenOf(linkIn(second)))).rejects.toMatchObject(gone);
    peer.refuses = true;
    const third = await ask();
    expect(third.mail).toBe("failed");
    await accept(tokenOf(third.link ?? ""));
  });
});
