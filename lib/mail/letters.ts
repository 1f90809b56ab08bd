import { instantInWords } from "@/lib/domain/format-date";
import type { OffByService } from "@/lib/domain/webhooks/message";
import type { Letter } from "@/lib/mail/mailer";

/** Whom a letter is for. */
export interface Recipient {
  readonly email: string;
  readonly name: string;
}

/** A link that works once, and until when. */
export interface TimedLink {
  readonly link: string;
  readonly expiresAt: Date;
}

const UNASKED = "If you did not expect this, do nothing: without the link nothing happens.";

/** Somebody is invited into an organisation. */
export function invitationLetter(to: Recipient, from: string, organisation: string, way: TimedLink): Letter {
  return letter(to, `You are invited to ${inLine(organisation)} in Countervail`, [
    `${inLine(from)} invites you to ${inLine(organisation)} in Countervail, where compensating controls worksheets for PCI DSS are written and reviewed.`,
    `Set your name and a password here. The link works once, until ${instantInWords(way.expiresAt.toISOString())}:`,
    way.link,
    UNASKED,
  ]);
}

/** A company is invited to an engagement as its assessor, through the one who will administer it. */
export function assessorLetter(to: Recipient, from: string, entity: string, firm: string, way: TimedLink): Letter {
  return letter(to, `${inLine(entity)} invites ${inLine(firm)} as its assessor`, [
    `${inLine(from)} of ${inLine(entity)} invites ${inLine(firm)} to assess it in Countervail. You are to be the administrator of ${inLine(firm)} there.`,
    `Set your name and a password here. The link works once, until ${instantInWords(way.expiresAt.toISOString())}:`,
    way.link,
    UNASKED,
  ]);
}

/** Somebody asked to choose a new password. */
export function resetLetter(to: Recipient, way: TimedLink): Letter {
  return letter(to, "Choose a new password for Countervail", [
    `Somebody, probably you, asked for a new password. Choose it here. The link works once, until ${instantInWords(way.expiresAt.toISOString())}:`,
    way.link,
    "You will still be asked for your second factor when you sign in.",
    "If it was not you, do nothing: your password stays as it is.",
  ]);
}

/** An administrator ended somebody's password. */
export function endedPasswordLetter(to: Recipient, from: string, way: TimedLink): Letter {
  return letter(to, "Choose a new password for Countervail", [
    `${inLine(from)}, an administrator of your organisation, ended your password, and with it all your sessions and API tokens. Choose a new one here. The link works once, until ${instantInWords(way.expiresAt.toISOString())}:`,
    way.link,
    "You will still be asked for your second factor when you sign in.",
  ]);
}

/** A password was chosen through a link. */
export function passwordChosenLetter(to: Recipient): Letter {
  return letter(to, "Your password for Countervail was changed", [
    "A new password was chosen through a link that was sent for your account, all sessions were ended, and API tokens were revoked.",
    "If it was not you, tell an administrator of your organisation at once.",
  ]);
}

/** How far a request to take away somebody's second factors has come. */
export type FactorResetStep = "requested" | "approved" | "declined";

const FACTOR_STEPS: Readonly<Record<FactorResetStep, { readonly subject: string; readonly next: string }>> = {
  requested: {
    subject: "An administrator asks to remove your second factors",
    next: "A second administrator has to agree within a day. Until then nothing changes. If you did not ask for this, tell another administrator of your organisation at once.",
  },
  approved: {
    subject: "Your second factors were removed",
    next: "Your authenticator app, passkeys and recovery codes no longer work, your sessions have ended, and your API tokens are revoked. Sign in with your password and set a second factor up again, soon. If you did not ask for this, tell an administrator of your organisation at once.",
  },
  declined: {
    subject: "Your second factors stay as they are",
    next: "The request to remove them was declined. Nothing has changed.",
  },
};

/** Tells the person concerned about each step of a reset of their second factors. */
export function factorResetLetter(to: Recipient, by: string, step: FactorResetStep): Letter {
  const { subject, next } = FACTOR_STEPS[step];
  const did = { requested: "asked for", approved: "agreed to", declined: "declined" }[step];
  return letter(to, `${subject} (Countervail)`, [
    `${inLine(by)}, an administrator of your organisation, ${did} the removal of the second factors of your account.`,
    next,
  ]);
}

const OFF_WHY: Readonly<Record<OffByService, string>> = {
  gone: "answered that it is gone (410)",
  failing: "took none of our messages for three days",
  secret: "has a secret that cannot be opened any more, so that nothing can be signed",
};

/** An endpoint was switched off by the service; for each administrator of its organisation. @param host of its address */
export function webhookOffLetter(to: Recipient, host: string, reason: OffByService, page: string): Letter {
  return letter(to, "A webhook was switched off (Countervail)", [
    `The webhook at ${inLine(host)} ${OFF_WHY[reason]}, so it was switched off. What happens meanwhile is kept for 30 days and not sent.`,
    reason === "secret"
      ? "Replace its secret here, which switches it on again, give the new one to the program that takes its messages, and have sent again what it missed:"
      : "Once the endpoint works again, switch it on here and have sent again what it missed:",
    page,
  ]);
}

function letter({ email, name }: Recipient, subject: string, paragraphs: readonly string[]): Letter {
  return { to: email, subject, text: [`Hello ${inLine(name)},`, ...paragraphs, "Countervail"].join("\n\n") };
}

/** A name as part of a line: no break, no control or direction character, and not so long that it becomes the message. */
function inLine(name: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const letters = [...plain];
  return letters.length > 80 ? `${letters.slice(0, 79).join("")}…` : plain;
}
