import type { ServiceContext } from "@/lib/auth/context";
import type { HandedOver } from "@/lib/contracts/people";
import type { Letter } from "@/lib/mail/mailer";

/**
 * Puts a link on its way, after the commit of what it opens: by mail, or by the hand of whoever made it where no mail took
 * it. A link that was mailed is shown to nobody else: who has it can act as the recipient.
 */
export async function handOver(context: ServiceContext, link: string, letter: Letter): Promise<HandedOver> {
  const mail = await context.mail.send(letter);
  return { mail, link: mail === "sent" ? null : link };
}
