import { makeSecretBox, type SecretBox } from "@/lib/auth/secret-box";
import { type Clock, systemClock } from "@/lib/clock";
import { type Config, config } from "@/lib/config";
import { type Database, openDatabase } from "@/lib/db/database";
import { type Mailer, NO_MAIL, openMailer } from "@/lib/mail/mailer";
import { OperatorError } from "@/lib/operator-error";
import { openKeks } from "@/lib/secrets/open-keks";

/** What the web server's process holds on to for its whole life. */
export interface Runtime {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: SecretBox;
  readonly mail: Mailer;
}

const holder = globalThis as typeof globalThis & { countervailRuntime?: Runtime };

/**
 * The process's one runtime. It lives on the global object because development reloads modules and
 * must not open a new pool each time.
 * @throws OperatorError when no database address is set
 */
export function runtime(): Runtime {
  if (!holder.countervailRuntime) {
    const settings = config();
    if (!settings.databaseUrl) throw new OperatorError("DATABASE_URL is not set. Start with `npm start`.");
    holder.countervailRuntime = {
      config: settings,
      database: openDatabase(settings.databaseUrl),
      clock: systemClock,
      secrets: makeSecretBox(openKeks(settings), systemClock),
      mail: settings.mail ? openMailer(settings.mail) : NO_MAIL,
    };
  }
  return holder.countervailRuntime;
}
