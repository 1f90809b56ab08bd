/** How far Countervail itself meets a requirement of the article's table. */
export type OwnStanding = "meets" | "in part" | "operator";

/** What Countervail does for a requirement of the article's table, and what shows that it does. */
export interface OwnMeasure {
  /** The article's row. */
  readonly row: string;
  readonly standing: OwnStanding;
  readonly does: string;
  /** What is left to whoever runs it, or not built yet; null when nothing is. */
  readonly left: string | null;
  /** Tests and proofs in the repository. */
  readonly shownBy: readonly string[];
}

/**
 * Countervail measured by the requirements that it lists: one entry for each row of the article's table. Where 3.2.1 and
 * 4.0.1 differ, by the stricter. A test holds that no row is missing and that every proof named is there.
 */
export const OWN_MEASURES: readonly OwnMeasure[] = [
  {
    row: "1.3",
    standing: "operator",
    does: "Listens on the machine's own address only, until it is told otherwise, and keeps the database there as well. Requests and events carry the client's address, taken from trusted proxies alone.",
    left: "The network around it: the reverse proxy is the only part that the internet may reach.",
    shownBy: ["prove/proxy.ts", "scripts/launcher/front-door.test.ts"],
  },
  {
    row: "2.3",
    standing: "in part",
    does: "Has no administration but through the same pages, over https wherever the address is not this computer's own; the start refuses a plain address elsewhere. The session's cookie is bound to https and to the host.",
    left: "TLS itself is the reverse proxy's; an example with TLS 1.2 and 1.3 and forward secrecy is shipped.",
    shownBy: ["prove/proxy.ts", "prove/start.ts", "prove/headers.ts"],
  },
  {
    row: "3.5",
    standing: "meets",
    does: "Seals every secret that has to be read again with AES-256-GCM for the row it belongs to, under a data key of each organisation and column; data keys are wrapped by a key-encryption key outside the database. Every change of a key is an event.",
    left: null,
    shownBy: ["prove/rotation.ts", "lib/secrets/seal.test.ts", "lib/services/keys/keys.db.test.ts"],
  },
  {
    row: "3.5.1",
    standing: "operator",
    does: "Shows no key on any page or interface. With AWS KMS nobody holds the key-encryption key as bytes.",
    left: "Who reads the key file or may use the KMS key. Countervail does not ask for two people before a rotation yet.",
    shownBy: ["lib/secrets/aws-kms-kek.test.ts"],
  },
  {
    row: "3.5.2",
    standing: "meets",
    does: "Keeps the key-encryption key in one place: a file that its own account alone may read, which the start checks, or AWS KMS.",
    left: null,
    shownBy: ["lib/secrets/kek-file.test.ts", "prove/start.ts"],
  },
  {
    row: "3.5.3",
    standing: "meets",
    does: "Stores data keys wrapped by a key of at least their strength, apart from it; with AWS KMS the key-encryption key stays within a validated module.",
    left: "The file is one of the three forms only if its disk is encrypted; KMS is without that.",
    shownBy: ["lib/secrets/seal.test.ts", "lib/auth/secret-box.db.test.ts"],
  },
  {
    row: "3.6.4",
    standing: "meets",
    does: "Changes key-encryption keys and data keys by one command, beside the running service, resumable after an interruption.",
    left: "When: Countervail does not remind of the end of a cryptoperiod yet.",
    shownBy: ["prove/rotation.ts"],
  },
  {
    row: "3.6.5",
    standing: "meets",
    does: "Seals everything anew under fresh keys and destroys the old ones by the same command, for keys that are weakened or suspected.",
    left: null,
    shownBy: ["prove/rotation.ts", "lib/services/keys/keys.db.test.ts"],
  },
  {
    row: "3.6.6",
    standing: "meets",
    does: "Has no operation in which a person handles a key in the clear.",
    left: null,
    shownBy: ["lib/secrets/kek-file.test.ts"],
  },
  {
    row: "4.1",
    standing: "in part",
    does: "Holds no card data. Sends mail over TLS only, and tells browsers to use https for two years.",
    left: "TLS itself is the reverse proxy's; the example allows TLS 1.2 and 1.3 with forward secrecy only.",
    shownBy: ["prove/proxy.ts", "prove/headers.ts"],
  },
  {
    row: "8.1.6",
    standing: "meets",
    does: "Locks an account for 30 minutes, or until an administrator ends the lock, at the sixth failure over password, app and recovery codes together; attempts are counted before anything is compared. After twenty wrong codes only an administrator unlocks.",
    left: null,
    shownBy: ["prove/lockout.ts", "prove/timing.ts", "lib/services/account/factors/factors.db.test.ts"],
  },
  {
    row: "8.1.8",
    standing: "meets",
    does: "Ends a session after 15 minutes without a request that its person caused, judged on the server, and after eight hours in any case. The page is covered and keeps what was typed.",
    left: null,
    shownBy: ["prove/sessions.ts", "lib/auth/session.db.test.ts"],
  },
  {
    row: "8.2",
    standing: "meets",
    does: "Knows everybody by one account with a password (argon2id, 12 to 128 characters, none of the last four, none that leaks hold) or a passkey.",
    left: null,
    shownBy: ["lib/services/account/people.db.test.ts", "lib/domain/security/security.law.test.ts"],
  },
  {
    row: "8.3",
    standing: "meets",
    does: "Asks everybody for a second factor at every sign-in, wherever they are: a passkey, an app whose codes are taken once, or the factor of the organisation’s identity provider where it named the claims that say so. Nobody can switch it off. Taking factors away needs two administrators.",
    left: null,
    shownBy: ["prove/totp.ts", "lib/services/account/factors/factors.db.test.ts", "lib/auth/sso/sign-in.db.test.ts"],
  },
  {
    row: "8.5",
    standing: "meets",
    does: "Gives every account to one person by a single-use invitation, and holds three sessions of a person at most. Programs act as accounts of their own, to which nobody can sign in, with an owner and a review every half year. Demo accounts exist in demo mode alone, which an external database refuses.",
    left: null,
    shownBy: [
      "prove/start.ts",
      "lib/services/account/people.db.test.ts",
      "lib/auth/session.db.test.ts",
      "lib/services/organisation/service-accounts.db.test.ts",
    ],
  },
  {
    row: "10.2",
    standing: "meets",
    does: "Leaves an event for every change, every denial, every sign-in and failure, every change of accounts, factors and keys, every export and every reading by the other company; the database refuses a change without one.",
    left: null,
    shownBy: ["lib/services/trail/one-event.db.test.ts", "prove/matrix.ts", "prove/kills.ts"],
  },
  {
    row: "10.3",
    standing: "meets",
    does: "Says in every event who, what, when, from which network address, with which result and on which rows.",
    left: null,
    shownBy: ["lib/services/trail/one-event.db.test.ts"],
  },
  {
    row: "10.5",
    standing: "in part",
    does: "Chains events by hashes that the application's login cannot write, change or remove; any change of stored events is found. A signer of its own signs a checkpoint at most a minute after an event, and refuses a history that was cut or written anew.",
    left: "Signer and database are on one machine unless you part them; every pack that was handed out witnesses the trail up to its checkpoint, and nobody else's machine does.",
    shownBy: ["prove/tamper.ts", "lib/signer/signer.db.test.ts", "lib/db/isolation.db.test.ts"],
  },
  {
    row: "10.7",
    standing: "meets",
    does: "Keeps every event for a year at least, seven unless set otherwise: three months and more at hand, older ones where you archive in signed segments that go on verifying. Nothing is given up but by an operator’s command, which is an event.",
    left: "The segments’ folder has to be in your backups.",
    shownBy: ["lib/services/trail/archive.db.test.ts", "lib/db/isolation.db.test.ts"],
  },
  {
    row: "11.5",
    standing: "in part",
    does: "Finds a changed revision, event or stored file whenever it is read, and each week hashes every stored file and the installation’s own files again; what differs is an event.",
    left: "The installation looks at itself: watch its files from outside too.",
    shownBy: ["prove/tamper.ts", "lib/services/evidence/sweep.db.test.ts", "scripts/support/integrity.test.ts"],
  },
  {
    row: "A2",
    standing: "in part",
    does: "Speaks no SSL and no early TLS: the example proxy refuses anything below TLS 1.2.",
    left: "Another proxy than the example has to be set the same way.",
    shownBy: ["prove/proxy.ts"],
  },
];
