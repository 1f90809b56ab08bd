import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { verifyPack } from "@/lib/domain/pack/verify";
import { writeCriteria } from "@/lib/domain/sign-off/signed-statement";
import { checkSignature, sha256 } from "@/lib/signing/node-crypto";
import { SecondVerifier } from "@/prove/packs/second-verifier";
import { Authenticator } from "@/test/authenticator";
import { TestService } from "@/test/pack/service";
import {
  bytesOf,
  criteriaBy,
  type Decision,
  decide,
  freeze,
  freezeRecord,
  type Person,
  sourceOf,
} from "@/test/pack/story";
import { toolAvailable } from "@/test/tools";

const MADE = new Date("2026-05-02T10:00:00.000Z");
const AT = new Date("2026-05-01T10:00:00.000Z");
const ORIGIN = "https://countervail.example";
const canAsk = toolAvailable("python3") && toolAvailable("openssl");
const second = canAsk ? new SecondVerifier() : null;

afterAll(() => second?.end());

interface Play {
  readonly service: TestService;
  readonly by: Person;
  readonly sheet: Decision["worksheet"];
  /** Signs or decides by the one person about the one worksheet. */
  readonly sign: (differ?: Decision["differ"], more?: Partial<Decision>) => string;
}

function begin(passkey: Authenticator | null = new Authenticator(ORIGIN)): Play {
  const service = new TestService(new Date("2026-01-01T00:00:00.000Z"));
  const by = { id: randomUUID(), name: "Samuel Okafor", passkey };
  const sheet = freeze(service, randomUUID(), "8.3.4", 1);
  const usual = {
    kind: "signed",
    worksheet: sheet,
    evidence: [],
    comments: null,
    supersedes: null,
    by,
    at: AT,
  } as const;
  return {
    service,
    by,
    sheet,
    sign: (differ, more) => decide(service, { ...usual, ...(differ ? { differ } : {}), ...more }),
  };
}

/** What both verifiers say; the second one where it can run. */
async function verdictOf(service: TestService): Promise<string> {
  const bytes = bytesOf(await service.pack(MADE));
  const options = { sha256, checkSignature, trustedRoot: service.rootKeyId, now: MADE };
  const report = await verifyPack(sourceOf(bytes), options);
  const opinion = await second?.ask(bytes, service.rootKeyId);
  if (opinion) expect([opinion.verdict, opinion.reason]).toEqual([report.verdict, expect.any(String)]);
  return `${report.verdict}: ${report.first?.says ?? ""}`;
}

describe("a statement", () => {
  it.each(["ES256", "EdDSA", "RS256"] as const)("may be signed by a passkey of kind %s", async (kind) => {
    const { service, sign } = begin(new Authenticator(ORIGIN, new URL(ORIGIN).hostname, kind));
    sign();
    expect(await verdictOf(service)).toBe("valid: ");
  });

  it.each<[string, Decision["differ"], RegExp]>([
    ["a passkey shown at another address", { passkey: { origin: "https://evil.example" } }, /at another address/],
    ["a passkey without a check of the person", { passkey: { checked: false } }, /did not check who was there/],
    ["a passkey over something else", { passkey: { challenge: "AAAA" } }, /over something else/],
    ["another service", { statement: { service: randomUUID() } }, /of another service/],
    [
      "a time before the key",
      { statement: { at: "2025-05-01T10:00:00.000Z" } },
      /did not sign at the statement's time/,
    ],
    ["a time after the pack", { statement: { at: "2026-06-01T10:00:00.000Z" } }, /dated after the pack/],
    ["other evidence", { statement: { evidenceSha256: "0".repeat(64) } }, /list of evidence/],
    [
      "another catalogue",
      { statement: { catalogue: { version: "2020", sha256: "0".repeat(64) } } },
      /something else of the worksheet/,
    ],
    ["an event of another kind", { event: { action: "worksheet.refused" } }, /about something else/],
    ["an event of another person", { event: { actorId: randomUUID() } }, /about something else/],
    ["an event of another day", { event: { at: "2026-05-03T10:00:00.000Z" } }, /about something else/],
    ["an event of another engagement", { event: { engagementId: randomUUID() } }, /of another engagement/],
  ])("is refused with %s", async (_, differ, words) => {
    const { service, sign } = begin();
    sign(differ);
    expect(await verdictOf(service)).toMatch(words);
    expect(await verdictOf(service)).toMatch(/^invalid/);
  });

  it("lacks its event, its comments or its evidence, and is incomplete", async () => {
    const file = { name: "log", size: 3, type: "text/plain", sha256: "0".repeat(64), scan: "clean" };
    const evidence = [
      { id: randomUUID(), title: "Log", kind: "file" as const, files: [file], collectedOn: null, validUntil: null },
    ];
    const lacking: [Decision["differ"], Partial<Decision>, RegExp][] = [
      [{ event: { detail: {} } }, {}, /event that recorded a statement is missing/],
      [{ statement: { commentsSha256: "0".repeat(64) } }, {}, /comments .* are missing/],
      [{ statement: { supersedes: "0".repeat(64) } }, {}, /whose place another one takes is missing/],
      [undefined, { evidence }, /“log” of the evidence “Log” is missing/],
    ];
    for (const [differ, more, words] of lacking) {
      const { service, sign } = begin();
      sign(differ, more);
      const verdict = await verdictOf(service);
      expect(verdict).toMatch(words);
      expect(verdict).toMatch(/^incomplete/);
    }
  });

  it("over a record names its kind, which is the revision's own, lies with the records, and holds no criterion", async () => {
    const signed = (worksheet: (play: Play) => Decision["worksheet"], more: object = {}) => {
      const play = begin();
      play.sign({ statement: more }, { worksheet: worksheet(play) });
      return verdictOf(play.service);
    };
    const record = ({ service }: Play) => freezeRecord(service, "legal_exception", "9.2.1.1");
    expect(await signed(record)).toBe("valid: ");
    const renamed = (play: Play) => ({ ...record(play), kind: "customized_approach" as const });
    expect(await signed(renamed)).toMatch(/^invalid: .*something else of the worksheet/);
    const { kind: _, ...unnamed } = freezeRecord(begin().service, "legal_exception", "9.2.1.1");
    expect(await signed(() => unnamed)).toMatch(/^incomplete/);
    const misplaced = ({ service }: Play) => {
      const { kind: _kind, ...sheet } = freezeRecord(service, "risk_analysis", "11.6.1", false);
      return sheet;
    };
    expect(await signed(misplaced)).toMatch(/^invalid: .*something else of the worksheet/);
    const found = criteriaBy({ id: randomUUID(), name: "Samuel Okafor", passkey: null }, AT);
    expect(await signed(record, found)).toMatch(/^invalid: .*criteria/);
  });

  it("that signs says what was decided over the criteria that its worksheet answers: all of them, and all met", async () => {
    const answered = (more: object, kind: Decision["kind"] = "signed") => {
      const play = begin();
      const worksheet = freeze(play.service, randomUUID(), "3.7.6", 1, true);
      play.sign({ statement: more }, { worksheet, kind });
      return verdictOf(play.service);
    };
    const { by } = begin();
    const met = criteriaBy(by, AT);
    const short = met.criteria.slice(1);
    const shortDigest = Buffer.from(sha256(writeCriteria(short))).toString("hex");
    expect(await answered(met)).toBe("valid: ");
    expect(await answered(criteriaBy(by, AT, "question"), "refused")).toBe("valid: ");
    expect(await answered({}, "refused")).toBe("valid: ");
    expect(await answered({})).toMatch(/^invalid.*does not say what was decided/);
    expect(await answered(criteriaBy(by, AT, "not_met"))).toMatch(/^invalid.*a criterion that is not met/);
    expect(await answered({ ...met, criteriaSha256: "0".repeat(64) })).toMatch(
      /^invalid.*list of criteria is not the one/,
    );
    expect(await answered({ criteriaSha256: met.criteriaSha256 })).toMatch(/^invalid.*digest of criteria/);
    expect(await answered({ criteria: short, criteriaSha256: shortDigest })).toMatch(/^invalid.*other criteria/);
    // A revision from before they were asked is decided over all the same.
    const before = begin();
    before.sign({ statement: met });
    expect(await verdictOf(before.service)).toBe("valid: ");
  });

  it("that revokes names a signature before it on the same worksheet", async () => {
    const revoke = (supersedes: string | null) => ({ kind: "revoked" as const, supersedes });
    const honest = begin();
    honest.sign(undefined, revoke(honest.sign()));
    expect(await verdictOf(honest.service)).toBe("valid: ");
    const blank = begin();
    blank.sign(undefined, revoke(null));
    expect(await verdictOf(blank.service)).toMatch(/does not say what it revokes/);
    const twice = begin();
    twice.sign(undefined, revoke(twice.sign(undefined, revoke(twice.sign()))));
    expect(await verdictOf(twice.service)).toMatch(/revokes no signature/);
    const elsewhere = begin();
    const worksheet = freeze(elsewhere.service, randomUUID(), "3.7.6", 1);
    elsewhere.sign(undefined, revoke(elsewhere.sign(undefined, { worksheet })));
    expect(await verdictOf(elsewhere.service)).toMatch(/not come before it on the same worksheet/);
  });

  it("that reopens follows a decision on the same worksheet", async () => {
    const reopen = (supersedes: string | null) => ({ kind: "reopened" as const, supersedes });
    const honest = begin();
    honest.sign(undefined, reopen(honest.sign()));
    expect(await verdictOf(honest.service)).toBe("valid: ");
    const blank = begin();
    blank.sign(undefined, reopen(null));
    expect(await verdictOf(blank.service)).toMatch(/does not say what it reopens/);
    const twice = begin();
    twice.sign(undefined, reopen(twice.sign(undefined, reopen(twice.sign()))));
    expect(await verdictOf(twice.service)).toMatch(/follows no decision/);
  });

  it("without a key of the person says so, and is no other way round", async () => {
    const witnessed = begin(null);
    witnessed.sign();
    expect(await verdictOf(witnessed.service)).toBe("valid: ");
    const claims = begin(null);
    claims.sign({ statement: { authentication: { methods: ["password"], stepUpAt: null, kind: "passkey" } } });
    expect(await verdictOf(claims.service)).toMatch(/there is no such signature/);
  });

  it("is held against the revision that it names", async () => {
    const { service, sign, sheet } = begin();
    sign(undefined, { worksheet: { ...sheet, sha256: "0".repeat(64) } });
    expect(await verdictOf(service)).toMatch(/is not the one that was signed/);
    const other = begin();
    other.sign(undefined, { worksheet: { ...other.sheet, requirement: "3.7.6" } });
    expect(await verdictOf(other.service)).toMatch(/something else of the worksheet/);
  });
});
