import { afterAll, beforeAll, expect, it } from "vitest";
import { invitationLetter, type Recipient } from "@/lib/mail/letters";
import { NO_MAIL, openMailer } from "@/lib/mail/mailer";
import { linkIn, MailPeer } from "@/test/mail-peer";

let peer: MailPeer;
beforeAll(async () => {
  peer = await MailPeer.start();
});
afterAll(() => peer.stop());

const ada: Recipient = { email: "ada@quayside.example", name: "Ada Łęcka" };
const way = {
  link: `https://ccw.quayside.example/join/${"x".repeat(43)}`,
  expiresAt: new Date("2026-12-01T09:00:00Z"),
};
const letter = invitationLetter(ada, "Zoë", "Quayside → Payments", way);

it("carries words and link whole, to one person, without anything that watches", async () => {
  expect(await openMailer(peer.settings).send(letter)).toBe("sent");
  const mail = await peer.next();
  expect(mail).toMatchObject({ from: "ccw@service.example", to: ["ada@quayside.example"] });
  expect(mail.headers.get("subject")).toBe("You are invited to Quayside → Payments in Countervail");
  expect(mail.headers.get("from")).toBe("Countervail <ccw@service.example>");
  expect(mail.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
  expect(mail.text.trimEnd()).toBe(letter.text);
  expect(linkIn(mail)).toBe(way.link);
  expect(mail.text).toContain("until 1 December 2026, 09:00 UTC");
});

it.each([
  "Eve\r\nBcc: everybody@elsewhere.example",
  "Eve\nTo: everybody@elsewhere.example\n\nAnother text",
  "Eve\u2028Subject: Another one",
  "\u202eevE\u0000\u0007",
  'Eve" <everybody@elsewhere.example>, "',
  "Eve".repeat(200),
])("lets no name become a header, a recipient or a text of its own: %j", async (name) => {
  expect(await openMailer(peer.settings).send(invitationLetter({ ...ada, name }, name, name, way))).toBe("sent");
  const mail = await peer.next();
  expect(mail.to).toEqual(["ada@quayside.example"]);
  expect([...mail.headers.keys()].sort()).toEqual([
    "auto-submitted",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "message-id",
    "mime-version",
    "subject",
    "to",
  ]);
  expect(mail.headers.get("to")).toBe("ada@quayside.example");
  const lines = mail.text.trimEnd().split("\n");
  expect(lines.filter((line) => line !== "")).toHaveLength(6);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(400);
  expect(mail.text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
});

it("says when nobody took the letter, and throws nothing", async () => {
  peer.refuses = true;
  expect(await openMailer(peer.settings).send(letter)).toBe("failed");
  peer.refuses = false;
  expect(await openMailer({ ...peer.settings, port: 1 }).send(letter)).toBe("failed");
  expect(await NO_MAIL.send(letter)).toBe("off");
});

it("says nothing before TLS where TLS has to be, nor to a certificate that nobody vouches for", async () => {
  const before = peer.received.length;
  expect(await openMailer({ ...peer.settings, startTls: true }).send(letter)).toBe("failed");
  expect(peer.received).toHaveLength(before);

  const pretender = await MailPeer.start({ startTls: true });
  expect(await openMailer({ ...pretender.settings, startTls: true }).send(letter)).toBe("failed");
  expect(pretender.received).toHaveLength(0);
  // A local server's own certificate is of no account where TLS was not asked for.
  expect(await openMailer(pretender.settings).send(letter)).toBe("sent");
  await pretender.stop();
});
