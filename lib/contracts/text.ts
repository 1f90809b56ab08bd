import { z } from "zod";
import { saysService } from "@/lib/domain/access/service-accounts";

/**
 * Text as people send it. A lone surrogate would be stored as another character and NUL cannot be
 * stored at all, so both are refused here and never repaired.
 */
export function text(max: number) {
  return z
    .string()
    .max(max, `At most ${max.toLocaleString("en")} characters.`)
    .refine((value) => value.isWellFormed(), "Contains a broken Unicode character.")
    .refine((value) => !value.includes("\u0000"), "Contains a NUL character.");
}

/** Text that has to say something: white space alone is refused. */
export function requiredText(max: number, message = "Please fill this in.") {
  return text(max).refine((value) => value.trim().length > 0, message);
}

/** A name of a person, or the one that a service account is given: what tells service accounts apart is added to theirs alone. */
export function personName(max: number) {
  return requiredText(max).refine((value) => !saysService(value), "A name does not end in “(service account)”.");
}

/** An identifier of ours. The same one in capitals is the same one, and is compared and recorded in small letters. */
export const uuid = z.guid("Not a valid identifier.").toLowerCase();

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const calendarDay = z.iso.date("Not a date. Use YYYY-MM-DD.").refine((value) => {
  const year = Number(value.slice(0, 4));
  return year >= 1990 && year <= 2200;
}, "The year is out of range.");

const ADDRESS_WORDS = "Use a full address that starts with https:// or http://.";

/** A web address people may open: http or https, no credentials inside. */
export const webAddress = text(2000).refine(isWebAddress, ADDRESS_WORDS);

/** The same, or nothing where there is none. */
export const webAddressOrNone = text(2000).refine((value) => value === "" || isWebAddress(value), ADDRESS_WORDS);

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}

/**
 * An e-mail address in plain ASCII. It names an account and is no text of anybody's, so what stands around it is dropped
 * and capitals become small, by intent; any other character is refused, not turned into one that looks like it.
 */
export const emailAddress = text(254)
  .transform((value) => value.trim())
  .pipe(z.email("Not an e-mail address."))
  .transform((value) => value.toLowerCase());

/** A new password: 12 to 128 characters, compared after NFC, by intent: keyboards differ in how they write one letter. */
export const newPassword = text(512)
  .transform((value) => value.normalize("NFC"))
  .refine((value) => [...value].length >= 12, "Use at least 12 characters.")
  .refine((value) => [...value].length <= 128, "Use at most 128 characters.");

/** A version number of a row, used to detect that somebody else saved first. */
export const rowVersion = z.int().min(0).max(1_000_000_000);
