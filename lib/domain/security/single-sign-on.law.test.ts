import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  domainOf,
  hasSsoFactor,
  isFreshlyChecked,
  judgeSsoIdentity,
  type SsoCandidate,
  type SsoClaims,
  ssoStanding,
} from "./single-sign-on";

const word = fc.constantFrom("mfa", "otp", "pwd", "hwk", "urn:one", "urn:two", "");
const domain: fc.Arbitrary<string> = fc.constantFrom("quay.example", "ledger.example", "else.example");
const organisation = fc.constantFrom("ours", "theirs");
const email = fc.tuple(fc.constantFrom("a", "b@c", "ana"), domain).map(([name, at]) => `${name}@${at}`);
const rules = fc.record({
  organisationId: fc.constant("ours"),
  domains: fc.uniqueArray(domain),
  justInTime: fc.boolean(),
});
const claims: fc.Arbitrary<SsoClaims> = fc.record({
  subject: fc.string(),
  email: fc.option(email),
  emailVerified: fc.boolean(),
});
const candidate: fc.Arbitrary<SsoCandidate | null> = fc.option(
  fc.record({ userId: fc.uuid(), organisationId: fc.option(organisation), disabled: fc.boolean() }),
);

describe("whose account somebody comes in to", () => {
  it("is never a disabled one, nor one of another organisation", () => {
    fc.assert(
      fc.property(rules, claims, candidate, candidate, (given, said, known, addressed) => {
        const verdict = judgeSsoIdentity(given, said, known, addressed);
        if (verdict.kind !== "known" && verdict.kind !== "link") return;
        const account = verdict.kind === "known" ? known : addressed;
        expect(account).toMatchObject({ userId: verdict.userId, organisationId: "ours", disabled: false });
      }),
    );
  });

  it("is found or made by nothing but a verified address of one of the domains", () => {
    fc.assert(
      fc.property(rules, claims, candidate, (given, said, addressed) => {
        const { kind } = judgeSsoIdentity(given, said, null, addressed);
        const vouched = said.emailVerified && said.email !== null && given.domains.includes(domainOf(said.email));
        if (kind === "link" || kind === "make") expect(vouched).toBe(true);
        if (kind === "make") expect([given.justInTime, addressed]).toEqual([true, null]);
      }),
    );
  });

  it("is the subject's own wherever there is one, whatever address is said", () => {
    fc.assert(
      fc.property(rules, claims, claims, candidate, candidate, candidate, (given, one, other, known, a, b) => {
        fc.pre(known !== null);
        expect(judgeSsoIdentity(given, one, known, a)).toEqual(judgeSsoIdentity(given, other, known, b));
      }),
    );
  });

  it("tells the trail of the one organisation no id of another's", () => {
    fc.assert(
      fc.property(rules, claims, candidate, candidate, (given, said, known, addressed) => {
        const verdict = judgeSsoIdentity(given, said, known, addressed);
        if (verdict.kind === "refuse" && verdict.reason === "sso_other_organisation") expect(verdict.userId).toBeNull();
      }),
    );
  });
});

describe("the provider's own second factor", () => {
  const accepted = fc.record({ acceptedAmr: fc.array(word), acceptedAcr: fc.array(word) });
  const strength = fc.record({ amr: fc.array(word), acr: fc.option(word) });

  it("counts for nothing where nothing is accepted", () => {
    fc.assert(
      fc.property(strength, (said) => {
        expect(hasSsoFactor(said, { acceptedAmr: [], acceptedAcr: [] })).toBe(false);
      }),
    );
  });

  it("counts when a value that was said is among those accepted, and only then", () => {
    fc.assert(
      fc.property(strength, accepted, (said, given) => {
        const common = said.amr.filter((value) => given.acceptedAmr.includes(value));
        const byAcr = given.acceptedAcr.some((value) => value === said.acr);
        expect(hasSsoFactor(said, given)).toBe(common.length > 0 || byAcr);
      }),
    );
  });

  it("does not take a value of the one claim for one of the other", () => {
    expect(hasSsoFactor({ amr: ["mfa"], acr: null }, { acceptedAmr: [], acceptedAcr: ["mfa"] })).toBe(false);
    expect(hasSsoFactor({ amr: [], acr: "mfa" }, { acceptedAmr: ["mfa"], acceptedAcr: [] })).toBe(false);
  });
});

describe("how single sign-on stands to an account", () => {
  const connection = fc.record({
    enabled: fc.boolean(),
    domains: fc.uniqueArray(domain),
    breakGlassUserId: fc.option(fc.constantFrom("ana", "ben")),
  });
  const person = fc.record({ userId: fc.constantFrom("ana", "ben", "cem"), email });

  it("is nothing while it is off, and required of nobody who may break the glass", () => {
    fc.assert(
      fc.property(connection, person, (given, who) => {
        const standing = ssoStanding(given, who);
        if (!given.enabled) expect(standing).toBe("none");
        if (standing === "required") {
          expect(given.domains).toContain(domainOf(who.email));
          expect(given.breakGlassUserId).not.toBe(who.userId);
        }
        if (standing === "none" && given.enabled) expect(given.domains).not.toContain(domainOf(who.email));
      }),
    );
  });

  it("goes by the whole domain, in whatever letters", () => {
    const rules = { enabled: true, domains: ["quay.example"], breakGlassUserId: null };
    const of = (address: string) => ssoStanding(rules, { userId: "ana", email: address });
    expect(of("ana@QUAY.example")).toBe("required");
    for (const other of ["ana@sub.quay.example", "ana@notquay.example", "quay.example", "ana@quay.example.evil"]) {
      expect(of(other)).toBe("none");
    }
  });
});

it("is freshly checked from the second on in which it was begun, give or take ten", () => {
  const begun = new Date("2026-11-24T09:00:00.900Z");
  const second = Math.floor(begun.getTime() / 1000);
  expect([null, second - 11, second - 10, second, second + 60].map((at) => isFreshlyChecked(at, begun))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});
