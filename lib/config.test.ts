import { describe, expect, test } from "vitest";
import { readConfig } from "./config";

const EXTERNAL = "postgresql://app:secret@db.example/ccw";

test("without settings: this computer, port 3000, the embedded database, the demo on", () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    url: "http://localhost:3000",
    dataFolder: "./.countervail",
    databaseUrl: undefined,
    demo: true,
  });
});

test("the public address follows the port, and an empty variable counts as absent", () => {
  expect(readConfig({ PORT: "4000", COUNTERVAIL_URL: "" }).url).toBe("http://localhost:4000");
});

describe("the public address", () => {
  test.each(["https://ccw.example", "http://localhost:8080", "http://127.0.0.1:3000", "http://[::1]:3000"])(
    "%s is accepted",
    (url) => expect(readConfig({ COUNTERVAIL_URL: url }).url).toBe(url),
  );
  test("loses a slash at its end", () => {
    expect(readConfig({ COUNTERVAIL_URL: "https://ccw.example/" }).url).toBe("https://ccw.example");
  });
  test.each([
    ["http://ccw.example", /https:\/\/ outside this computer/],
    ["http://localhost.example", /https:\/\/ outside this computer/],
    ["https://ccw.example/app", /scheme, host and port only/],
    ["https://user@ccw.example", /scheme, host and port only/],
    ["ccw.example", /COUNTERVAIL_URL is not usable/],
    ["ftp://ccw.example", /COUNTERVAIL_URL is not usable/],
  ])("%s is refused in one line", (url, words) => {
    expect(() => readConfig({ COUNTERVAIL_URL: url })).toThrow(words);
  });
});

test("proxies are trusted by address and by network", () => {
  expect(() => readConfig({ COUNTERVAIL_TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8,::1,fd00::/8" })).not.toThrow();
});

test("identity providers at private addresses are named by host", () => {
  expect(readConfig({}).ssoHosts).toEqual([]);
  expect(readConfig({ COUNTERVAIL_SSO_HOSTS: "idp.corp.example, KEYCLOAK" }).ssoHosts).toEqual([
    "idp.corp.example",
    "keycloak",
  ]);
  expect(() => readConfig({ COUNTERVAIL_SSO_HOSTS: "https://idp.example" })).toThrow(/host names/);
});

test("webhooks at private addresses are named by host and port, and without a port for those of https and http", () => {
  expect(readConfig({}).webhookHosts).toEqual([]);
  expect(readConfig({ COUNTERVAIL_WEBHOOK_HOSTS: "Relay.corp.example, 10.0.0.7:8443" }).webhookHosts).toEqual([
    "relay.corp.example:443",
    "relay.corp.example:80",
    "10.0.0.7:8443",
  ]);
  for (const wrong of ["https://relay.example", "relay:", "relay:0", "relay:65536", "relay:https", ":443", "a:1:2"]) {
    expect(() => readConfig({ COUNTERVAIL_WEBHOOK_HOSTS: wrong }), wrong).toThrow(/host names, or host:port/);
  }
});

describe("key-encryption keys", () => {
  const ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  test("are in a file of the data folder unless told otherwise", () => {
    expect(readConfig({ COUNTERVAIL_DATA: "/data" })).toMatchObject({
      keks: [{ kind: "file" }],
      kekFile: "/data/keys/kek.json",
    });
    expect(readConfig({ COUNTERVAIL_KEK_FILE: "/run/kek.json" }).kekFile).toBe("/run/kek.json");
  });
  test("may be several, the first of which wraps", () => {
    const alias = ARN.replace(/key\/.*/, "alias/countervail");
    expect(readConfig({ COUNTERVAIL_KEK: `aws-kms:${ARN}, aws-kms:${alias},file` }).keks).toEqual([
      { kind: "aws-kms", arn: ARN },
      { kind: "aws-kms", arn: alias },
      { kind: "file" },
    ]);
  });
  test.each([
    "vault",
    "aws-kms:",
    "aws-kms:1234abcd",
    `${ARN}`,
    "file,,file",
    `aws-kms:${ARN.replace("kms:eu", "s3:eu")}`,
  ])("%s is refused", (COUNTERVAIL_KEK) =>
    expect(() => readConfig({ COUNTERVAIL_KEK })).toThrow(/^COUNTERVAIL_KEK is not usable: has to be/),
  );
});

describe("the demo", () => {
  test.each([
    [undefined, undefined, true],
    [undefined, "0", false],
    [undefined, "1", true],
    [EXTERNAL, undefined, false],
    [EXTERNAL, "0", false],
    [EXTERNAL, "external", true],
  ])("with database %s and COUNTERVAIL_DEMO=%s: %s", (DATABASE_URL, COUNTERVAIL_DEMO, demo) => {
    expect(readConfig({ DATABASE_URL, COUNTERVAIL_DEMO }).demo).toBe(demo);
  });
  test("does not go into an external database unless asked for by name", () => {
    expect(() => readConfig({ DATABASE_URL: EXTERNAL, COUNTERVAIL_DEMO: "1" })).toThrow(/COUNTERVAIL_DEMO=external/);
  });
});

test.each([
  [{ PORT: "0" }, /^PORT /],
  [{ PORT: "70000" }, /^PORT /],
  [{ PORT: "abc" }, /^PORT /],
  [{ DATABASE_URL: "mysql://db.example/ccw" }, /^DATABASE_URL /],
  [{ COUNTERVAIL_AUTH_SECRET: "short" }, /^COUNTERVAIL_AUTH_SECRET /],
  [{ COUNTERVAIL_TRUSTED_PROXIES: "proxy.example" }, /^COUNTERVAIL_TRUSTED_PROXIES .*networks such as 10\.0\.0\.0\/8/],
  [{ COUNTERVAIL_TRUSTED_PROXIES: "10.0.0.0/33" }, /^COUNTERVAIL_TRUSTED_PROXIES /],
  [{ COUNTERVAIL_TRUSTED_PROXIES: "10.0.0.1," }, /^COUNTERVAIL_TRUSTED_PROXIES /],
  [{ COUNTERVAIL_RATE_LIMIT: "0" }, /^COUNTERVAIL_RATE_LIMIT /],
  [{ COUNTERVAIL_LOG: "loud" }, /^COUNTERVAIL_LOG /],
])("%o is refused and named, and no value is repeated", (variables, words) => {
  expect(() => readConfig(variables)).toThrow(words);
});

describe("mail", () => {
  const COUNTERVAIL_MAIL_FROM = "Worksheets of Quayside <ccw@quayside.example>";
  const read = (COUNTERVAIL_SMTP_URL: string) => readConfig({ COUNTERVAIL_SMTP_URL, COUNTERVAIL_MAIL_FROM }).mail;
  const from = { name: "Worksheets of Quayside", address: "ccw@quayside.example" };

  test("is off without a server", () => {
    expect(readConfig({ COUNTERVAIL_MAIL_FROM }).mail).toBeUndefined();
  });
  test.each([
    ["smtp://mail.example", { host: "mail.example", port: 587, secure: false, startTls: true, login: undefined }],
    ["smtps://mail.example", { host: "mail.example", port: 465, secure: true, startTls: false, login: undefined }],
    ["smtp://relay.example:25?tls=off", { host: "relay.example", port: 25, secure: false, startTls: false }],
    ["smtp://localhost:2525", { host: "localhost", port: 2525, startTls: false }],
    ["smtp://[::1]:25", { host: "::1", startTls: false }],
    ["smtp://a%40b:p%3A%2Fw@mail.example", { startTls: true, login: { user: "a@b", password: "p:/w" } }],
  ])("%s is understood", (url, settings) => expect(read(url)).toMatchObject({ ...settings, from }));
  test("comes from Countervail where the sender has no name", () => {
    const { mail } = readConfig({
      COUNTERVAIL_SMTP_URL: "smtp://localhost",
      COUNTERVAIL_MAIL_FROM: "ccw@quayside.example",
    });
    expect(mail?.from).toEqual({ name: "Countervail", address: "ccw@quayside.example" });
  });
  test.each([
    ["mail.example", /SMTP_URL is not usable/],
    ["https://mail.example", /smtp:\/\/HOST or smtps/],
    ["smtp://mail.example/inbox", /smtp:\/\/HOST or smtps/],
    ["smtp://mail.example?tls=never", /\?tls=off/],
    ["smtps://mail.example?tls=off", /\?tls=off/],
    ["smtp://user:open-secret@mail.example?tls=off", /without TLS/],
  ])("%s is refused in one line that repeats nothing of it", (url, words) => {
    expect(() => read(url)).toThrow(words);
    expect(() => read(url)).not.toThrow(/open-secret/);
  });
  test.each(["", "nobody", "a@b.example, c@d.example", "X\r\nBcc: c@d.example <a@b.example>"])(
    "does not go out from %j",
    (address) => {
      const variables = { COUNTERVAIL_SMTP_URL: "smtp://localhost", COUNTERVAIL_MAIL_FROM: address };
      expect(() => readConfig(variables)).toThrow(/COUNTERVAIL_MAIL_FROM/);
    },
  );
});

test("a login that row-level security does not hold for is allowed by name alone", () => {
  expect(readConfig({}).unsafeDatabaseRole).toBe(false);
  expect(readConfig({ COUNTERVAIL_UNSAFE_DATABASE_ROLE: "allow" }).unsafeDatabaseRole).toBe(true);
  expect(() => readConfig({ COUNTERVAIL_UNSAFE_DATABASE_ROLE: "1" })).toThrow(
    /COUNTERVAIL_UNSAFE_DATABASE_ROLE is not/,
  );
});

test("evidence lies in the data folder, is limited, and is neither scanned nor its links tried, until told otherwise", () => {
  const usual = readConfig({}).evidence;
  expect(usual).toMatchObject({ s3: undefined, scanner: undefined, linkCheck: false });
  expect(usual.limits).toMatchObject({ fileBytes: 25_000_000, worksheetFiles: 200, organisationBytes: 2_000_000_000 });
  const told = readConfig({
    COUNTERVAIL_FILE_MB: "5",
    COUNTERVAIL_CLAMD: "[::1]:3310",
    COUNTERVAIL_LINK_CHECK: "1",
    COUNTERVAIL_S3_ENDPOINT: "https://s3.example",
    COUNTERVAIL_S3_BUCKET: "evidence",
    COUNTERVAIL_S3_ACCESS_KEY_ID: "id",
    COUNTERVAIL_S3_SECRET_ACCESS_KEY: "open-secret",
  }).evidence;
  expect(told).toMatchObject({
    scanner: { host: "::1", port: 3310 },
    linkCheck: true,
    limits: { fileBytes: 5_000_000 },
  });
  expect(told.s3).toMatchObject({ bucket: "evidence", region: "us-east-1" });
  expect(readConfig({ COUNTERVAIL_CLAMD: "/run/clamd.sock" }).evidence.scanner).toEqual({ path: "/run/clamd.sock" });
  expect(() => readConfig({ COUNTERVAIL_CLAMD: "clamd" })).toThrow(/COUNTERVAIL_CLAMD is not usable/);
  expect(() => readConfig({ COUNTERVAIL_S3_BUCKET: "evidence" })).toThrow(/together/);
});
