import pino from "pino";
import { config } from "./config";

/** Paths whose values never reach a log line, at the top and one level down. */
const SECRET_KEYS = ["password", "secret", "token", "code", "cookie", "authorization", "databaseUrl", "migrationUrl"];

let made: pino.Logger | undefined;

/** The process's logger: JSON lines on standard output, secrets cut out. */
export function logger(): pino.Logger {
  made ??= pino({
    level: config().logLevel,
    base: null,
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: "[redacted]" },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  return made;
}
