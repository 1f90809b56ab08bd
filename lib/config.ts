import { join } from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { EVIDENCE_VARIABLES, type EvidenceSettings, evidenceSettings } from "./evidence-settings";
import { LOCAL_HOSTS, type MailSettings, sender, smtpServer } from "./mail-settings";
import { OperatorError } from "./operator-error";

const postgresUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), "has to be a postgresql:// address");

/** Where a key-encryption key is: in the file, or in AWS KMS under an ARN. */
export type KekSetting = { readonly kind: "file" } | { readonly kind: "aws-kms"; readonly arn: string };

const KMS = /^aws-kms:(arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[A-Za-z0-9/_-]+)$/;

const keks = z.string().transform((text, context): KekSetting[] =>
  text.split(",").map((part) => {
    const one = part.trim();
    const arn = KMS.exec(one)?.[1];
    if (arn !== undefined) return { kind: "aws-kms", arn };
    if (one !== "file") context.addIssue("has to be file or aws-kms:<ARN of a key>, or several after another");
    return { kind: "file" };
  }),
);
const networks = z
  .string()
  .refine(
    (text) => text.split(",").every((entry) => isNetwork(entry.trim())),
    "give IP addresses or networks such as 10.0.0.0/8, with commas between",
  );

const hosts = z
  .string()
  .transform((text) => text.split(",").map((host) => host.trim().toLowerCase()))
  .pipe(z.array(z.hostname("give host names, with commas between")));

/** `host:port`, or `host` for the ports of https and http themselves; each as `host:port`. */
const hostsWithPorts = z.string().transform((text, context) =>
  text.split(",").flatMap((part) => {
    const [, host = "", port] = /^([^:]*)(?::(\d{1,5}))?$/.exec(part.trim().toLowerCase()) ?? [];
    const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
    if (!z.hostname().safeParse(host).success || !isPort) {
      context.addIssue("give host names, or host:port, with commas between");
    }
    return (port === undefined ? [443, 80] : [Number(port)]).map((one) => `${host}:${one}`);
  }),
);

const environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  COUNTERVAIL_URL: z.url({ protocol: /^https?$/ }).optional(),
  COUNTERVAIL_DATA: z.string().min(1).default("./.countervail"),
  DATABASE_URL: postgresUrl.optional(),
  COUNTERVAIL_MIGRATION_URL: postgresUrl.optional(),
  COUNTERVAIL_ADMIN_URL: postgresUrl.optional(),
  COUNTERVAIL_SIGNER_DATABASE_URL: postgresUrl.optional(),
  COUNTERVAIL_WORKER_DATABASE_URL: postgresUrl.optional(),
  COUNTERVAIL_KEEPER_DATABASE_URL: postgresUrl.optional(),
  COUNTERVAIL_ARCHIVE: z.enum(["off", "monthly"]).default("off"),
  COUNTERVAIL_ARCHIVE_AFTER_MONTHS: z.coerce.number().int().min(3).max(1_200).default(3),
  COUNTERVAIL_RETENTION_YEARS: z.coerce.number().int().min(1).max(100).default(7),
  COUNTERVAIL_SIGNER: z.string().min(1).optional(),
  COUNTERVAIL_SIGNER_BACKDATES: z.literal("demo").optional(),
  COUNTERVAIL_UNSAFE_DATABASE_ROLE: z.enum(["allow"]).optional(),
  COUNTERVAIL_DEMO: z.enum(["0", "1", "external"]).optional(),
  COUNTERVAIL_SETUP_CODE: z.string().min(8).optional(),
  COUNTERVAIL_AUTH_SECRET: z.string().min(32).optional(),
  COUNTERVAIL_KEK: keks.default([{ kind: "file" }]),
  COUNTERVAIL_KEK_FILE: z.string().min(1).optional(),
  COUNTERVAIL_SMTP_URL: smtpServer.optional(),
  COUNTERVAIL_MAIL_FROM: sender.optional(),
  COUNTERVAIL_TRUSTED_PROXIES: networks.optional(),
  COUNTERVAIL_SSO_HOSTS: hosts.default([]),
  COUNTERVAIL_WEBHOOK_HOSTS: hostsWithPorts.default([]),
  COUNTERVAIL_WEBHOOK_PACE: z.coerce.number().min(0.0001).max(1).default(1),
  COUNTERVAIL_TIMESTAMP_URL: z.url({ protocol: /^https?$/ }).optional(),
  COUNTERVAIL_RATE_LIMIT: z.coerce.number().int().min(1).max(1_000_000).default(30),
  COUNTERVAIL_EXPORT_HOURS: z.coerce.number().int().min(1).max(720).default(24),
  ...EVIDENCE_VARIABLES,
  COUNTERVAIL_BUILD: z.string().min(1).default(".next"),
  COUNTERVAIL_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

/** Where exports are made, and how many hours a finished file stays there. */
export interface ExportSettings {
  readonly folder: string;
  readonly keptHours: number;
}

/** How long events of the trail are at hand, and how long they are kept. */
export interface ArchiveSettings {
  /** Folder of the segments; as given. */
  readonly folder: string;
  /** Whether the launcher archives by itself. */
  readonly monthly: boolean;
  /** Whole months of events that stay at hand, at least three. */
  readonly months: number;
  /** Years after which `trail:archive --expire` gives segments up, at least one. */
  readonly years: number;
}

/** Every setting that Countervail takes from outside. Addresses of databases carry passwords: never log this object. */
export interface Config {
  /** TCP port of the web server. */
  readonly port: number;
  /** Address the web server listens on; loopback unless told otherwise. */
  readonly host: string;
  /** The one origin people reach Countervail at, without a trailing slash; https unless it is this computer. */
  readonly url: string;
  /** Folder of the embedded database, its passwords and stored files; as given, perhaps relative. */
  readonly dataFolder: string;
  /** PostgreSQL as the application's role, or undefined: then the launcher starts the embedded server. */
  readonly databaseUrl: string | undefined;
  /** PostgreSQL as the owner of the tables, for migrations on an external server. */
  readonly migrationUrl: string | undefined;
  /** PostgreSQL as somebody who may create roles, for `npm run db:init`. */
  readonly adminUrl: string | undefined;
  /** PostgreSQL as the signer, on an external server. */
  readonly signerDatabaseUrl: string | undefined;
  /** PostgreSQL as the worker, on an external server. */
  readonly workerDatabaseUrl: string | undefined;
  /** PostgreSQL as the trail's keeper, on an external server. */
  readonly keeperDatabaseUrl: string | undefined;
  readonly archive: ArchiveSettings;
  /** The socket of a signer that somebody else starts, or of the launcher's for the web server; as given. */
  readonly signerSocket: string | undefined;
  /** The launcher says so for the demo: the signer takes statements of long ago. */
  readonly signerBackdates: boolean;
  /** Folder of the signer's keys and trees, when it runs here. */
  readonly signerFolder: string;
  /** True where, for development, the application's login may be one that row-level security does not hold for. */
  readonly unsafeDatabaseRole: boolean;
  /** What was asked for about the demo; `undefined` when nothing was. */
  readonly demoSetting: "0" | "1" | "external" | undefined;
  /** Whether demo people and their sign-ins exist. */
  readonly demo: boolean;
  /** One-time code that the first-run page asks for. */
  readonly setupCode: string | undefined;
  /** Secret that protects sign-in cookies; made by the launcher when not given. */
  readonly authSecret: string | undefined;
  /** Where key-encryption keys are: the first wraps, all open. */
  readonly keks: readonly KekSetting[];
  /** The file of key-encryption keys, if there is one. */
  readonly kekFile: string;
  /** How mails are sent; undefined when none are, and links are handed over by people. */
  readonly mail: MailSettings | undefined;
  /** Hosts of identity providers that may be reached at private addresses. */
  readonly ssoHosts: readonly string[];
  /** Hosts of webhooks that may be at private addresses, each as `host:port`. */
  readonly webhookHosts: readonly string[];
  /** What delays between attempts to deliver are multiplied by: 1, but for tests. */
  readonly webhookPace: number;
  /** The time stamp authority (RFC 3161) for seals in PDFs; undefined for none. It may hold a password: never log it. */
  readonly timestampUrl: string | undefined;
  /** How often a minute one network address may try something that is limited; ten times as often an hour. */
  readonly rateLimit: number;
  /** A proxy is named whose word on addresses is taken (the door before Next reads which). */
  readonly trustsProxy: boolean;
  readonly evidence: EvidenceSettings;
  readonly exports: ExportSettings;
  /** Folder of the built web server, within the repository. */
  readonly buildFolder: string;
  /** Least level that is logged. */
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/**
 * Reads the settings from a set of environment variables. An empty variable counts as absent.
 * @throws OperatorError naming the variable that does not hold
 */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new OperatorError(`${issue?.path.join(".") ?? "A setting"} is not usable: ${issue?.message ?? "unknown"}.`);
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    url: publicOrigin(values.COUNTERVAIL_URL ?? `http://localhost:${values.PORT}`),
    dataFolder: values.COUNTERVAIL_DATA,
    databaseUrl: values.DATABASE_URL,
    migrationUrl: values.COUNTERVAIL_MIGRATION_URL,
    adminUrl: values.COUNTERVAIL_ADMIN_URL,
    signerDatabaseUrl: values.COUNTERVAIL_SIGNER_DATABASE_URL,
    workerDatabaseUrl: values.COUNTERVAIL_WORKER_DATABASE_URL,
    keeperDatabaseUrl: values.COUNTERVAIL_KEEPER_DATABASE_URL,
    archive: {
      folder: join(values.COUNTERVAIL_DATA, "archive"),
      monthly: values.COUNTERVAIL_ARCHIVE === "monthly",
      months: values.COUNTERVAIL_ARCHIVE_AFTER_MONTHS,
      years: values.COUNTERVAIL_RETENTION_YEARS,
    },
    signerSocket: values.COUNTERVAIL_SIGNER,
    signerBackdates: values.COUNTERVAIL_SIGNER_BACKDATES === "demo",
    signerFolder: join(values.COUNTERVAIL_DATA, "signer"),
    unsafeDatabaseRole: values.COUNTERVAIL_UNSAFE_DATABASE_ROLE === "allow",
    demoSetting: values.COUNTERVAIL_DEMO,
    demo: demoWanted(values.COUNTERVAIL_DEMO, values.DATABASE_URL !== undefined),
    setupCode: values.COUNTERVAIL_SETUP_CODE,
    authSecret: values.COUNTERVAIL_AUTH_SECRET,
    keks: values.COUNTERVAIL_KEK,
    kekFile: values.COUNTERVAIL_KEK_FILE ?? join(values.COUNTERVAIL_DATA, "keys", "kek.json"),
    mail: mailSettings(values.COUNTERVAIL_SMTP_URL, values.COUNTERVAIL_MAIL_FROM),
    ssoHosts: values.COUNTERVAIL_SSO_HOSTS,
    webhookHosts: values.COUNTERVAIL_WEBHOOK_HOSTS,
    webhookPace: values.COUNTERVAIL_WEBHOOK_PACE,
    timestampUrl: values.COUNTERVAIL_TIMESTAMP_URL,
    rateLimit: values.COUNTERVAIL_RATE_LIMIT,
    trustsProxy: values.COUNTERVAIL_TRUSTED_PROXIES !== undefined,
    evidence: wholeSettings(evidenceSettings(values)),
    exports: { folder: join(values.COUNTERVAIL_DATA, "exports"), keptHours: values.COUNTERVAIL_EXPORT_HOURS },
    buildFolder: values.COUNTERVAIL_BUILD,
    logLevel: values.COUNTERVAIL_LOG,
  };
}

/** @throws OperatorError with the sentence that stands in the settings' place */
function wholeSettings(settings: EvidenceSettings | string): EvidenceSettings {
  if (typeof settings === "string") throw new OperatorError(settings);
  return settings;
}

let read: Config | undefined;

/** The settings of this process, read once, at the first call. @throws OperatorError as {@link readConfig} */
export function config(): Config {
  read ??= readConfig(process.env);
  return read;
}

function publicOrigin(text: string): string {
  const url = new URL(text);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "") {
    throw new OperatorError(
      "COUNTERVAIL_URL is not usable: give scheme, host and port only, such as https://ccw.example.",
    );
  }
  if (url.protocol !== "https:" && !LOCAL_HOSTS.test(url.hostname)) {
    throw new OperatorError(`COUNTERVAIL_URL has to begin with https:// outside this computer (it is ${url.origin}).`);
  }
  return url.origin;
}

function mailSettings(
  server: Omit<MailSettings, "from"> | undefined,
  from: MailSettings["from"] | undefined,
): MailSettings | undefined {
  if (!server) return undefined;
  if (!from) throw new OperatorError("COUNTERVAIL_MAIL_FROM is not set: mails need an address that they are from.");
  return { ...server, from };
}

/** The door before Next reads the setting again (scripts/launcher/door/client-address.mjs); here it is only checked. */
function isNetwork(entry: string): boolean {
  return entry.includes("/") ? ipaddr.isValidCIDR(entry) : ipaddr.isValid(entry);
}

/** The demo's sign-ins are public, so an external database gets them only when asked for by name. */
function demoWanted(setting: Config["demoSetting"], external: boolean): boolean {
  if (setting === "1" && external) {
    throw new OperatorError(
      "The demo's passwords are public, so it does not go into an external database: unset COUNTERVAIL_DEMO or DATABASE_URL, or ask by name with COUNTERVAIL_DEMO=external.",
    );
  }
  return setting === undefined ? !external : setting !== "0";
}
