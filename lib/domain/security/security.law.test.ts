import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLocked, MAX_WRONG_CODES } from "@/lib/domain/security/lockout";
import { guessesOf, passwordComplaint } from "@/lib/domain/security/password-rules";
import { BUILT_IN_POLICY, effectivePolicy, inRange, POLICY_NAMES, POLICY_RANGES } from "@/lib/domain/security/policy";
import {
  type HeldSession,
  isAlive,
  isMultiFactor,
  SESSION_STAGES,
  type SessionStage,
  SIGN_IN_METHODS,
  sessionsToEnd,
  stageOf,
} from "@/lib/domain/security/session-life";

const methods = fc.uniqueArray(fc.constantFrom(...SIGN_IN_METHODS));
const start = new Date("2026-11-24T09:00:00Z");
const later = (ms: number) => new Date(start.getTime() + ms);

describe("a policy", () => {
  it("is never looser than the built-in one, whatever was stored", () => {
    const stored = fc.dictionary(fc.constantFrom(...POLICY_NAMES), fc.oneof(fc.integer(), fc.double(), fc.string()));
    fc.assert(
      fc.property(stored, (values) => {
        const policy = effectivePolicy(values);
        for (const name of POLICY_NAMES) expect(inRange(name, policy[name])).toBe(true);
        const { idleMinutes, absoluteHours, maxSessions, maxFailures } = policy;
        expect(idleMinutes).toBeLessThanOrEqual(15);
        expect(absoluteHours).toBeLessThanOrEqual(8);
        expect(maxSessions).toBeLessThanOrEqual(3);
        expect(maxFailures).toBeLessThanOrEqual(6);
        expect(policy.lockMinutes).toBeGreaterThanOrEqual(30);
        expect(policy.passwordMinLength).toBeGreaterThanOrEqual(12);
        expect(policy.passwordHistory).toBeGreaterThanOrEqual(4);
      }),
    );
  });

  it("takes every value of its range, and the built-in one is in it", () => {
    for (const name of POLICY_NAMES) {
      const { least, most } = POLICY_RANGES[name];
      for (const value of [least, most]) expect(effectivePolicy({ [name]: value })[name]).toBe(value);
      expect(inRange(name, BUILT_IN_POLICY[name])).toBe(true);
    }
  });
});

describe("a sign-in", () => {
  it("is never finished by one factor", () => {
    fc.assert(
      fc.property(methods, fc.boolean(), fc.boolean(), (shown, hasFactor, mustChangePassword) => {
        const stage = stageOf({ methods: shown, hasFactor, mustChangePassword });
        if (stage === "full" || stage === "change_password") expect(isMultiFactor(shown)).toBe(true);
        if (stage === "full" && mustChangePassword) expect(shown).toContain("sso");
      }),
    );
  });

  it.each([
    [["password"], true, "factor"],
    [["password"], false, "enrol"],
    [["sso"], true, "factor"],
    [["sso", "sso_mfa"], false, "full"],
    [["passkey"], true, "full"],
    [["totp"], true, "factor"],
    [["totp", "recovery_code"], true, "factor"],
    [["password", "recovery_code"], true, "full"],
    [["password", "totp"], true, "full"],
  ] as const)("of %j with a factor: %s comes to %s", (shown, hasFactor, stage) => {
    expect(stageOf({ methods: shown, hasFactor, mustChangePassword: false })).toBe(stage);
  });
});

describe("a session", () => {
  it("lives to the last millisecond of its time and not to the next", () => {
    const idle = { createdAt: start, lastSeenAt: start };
    expect(isAlive(idle, BUILT_IN_POLICY, later(15 * 60_000 - 1))).toBe(true);
    expect(isAlive(idle, BUILT_IN_POLICY, later(15 * 60_000))).toBe(false);
    const busy = (now: Date) => isAlive({ createdAt: start, lastSeenAt: now }, BUILT_IN_POLICY, now);
    expect(busy(later(8 * 3_600_000 - 1))).toBe(true);
    expect(busy(later(8 * 3_600_000))).toBe(false);
  });
});

describe("sessions beyond what is allowed", () => {
  const held = fc.array(
    fc.record({
      id: fc.uuid(),
      stage: fc.constantFrom(...SESSION_STAGES),
      lastSeenAt: fc.date({ min: new Date(0), max: new Date(1e12), noInvalidDate: true }),
    }),
    { maxLength: 9 },
  );
  const counts = fc.record({
    others: held,
    comesTo: fc.constantFrom(...SESSION_STAGES),
    most: fc.integer({ min: 1, max: 5 }),
  });
  const left = (others: readonly HeldSession[], comesTo: SessionStage, most: number) => {
    const ended = new Set(sessionsToEnd(others, comesTo, most));
    return others.filter(({ id }) => !ended.has(id));
  };

  it("end until no more are left, those before their second factor first", () => {
    fc.assert(
      fc.property(counts, ({ others, comesTo, most }) => {
        const kept = left(others, comesTo, most);
        const full = (sessions: readonly HeldSession[]) => sessions.filter(({ stage }) => stage === "full");
        const unfinished = kept.length - full(kept).length;
        if (comesTo !== "full") expect(full(kept)).toEqual(full(others));
        expect(unfinished === 0 || kept.length <= most - 1).toBe(true);
        if (comesTo === "full") expect(kept.length).toBeLessThanOrEqual(most - 1);
      }),
    );
  });

  it("are those that were used least lately", () => {
    fc.assert(
      fc.property(counts, ({ others, comesTo, most }) => {
        const kept = left(others, comesTo, most).filter(({ stage }) => stage === "full");
        const ended = others.filter((one) => one.stage === "full" && !kept.includes(one));
        for (const gone of ended) for (const one of kept) expect(one.lastSeenAt >= gone.lastSeenAt).toBe(true);
      }),
    );
  });
});

describe("a lock", () => {
  it("ends at its time, unless codes were guessed too often", () => {
    const lock = { lockedUntil: later(1_000), wrongCodes: 0 };
    expect(isLocked(lock, later(999))).toBe(true);
    expect(isLocked(lock, later(1_000))).toBe(false);
    expect(isLocked({ lockedUntil: null, wrongCodes: MAX_WRONG_CODES }, start)).toBe(true);
  });
});

describe("a password", () => {
  it.each([
    ["too short", 12, "Use at least 12 characters."],
    ["a".repeat(129), 12, "Use at most 128 characters."],
    ["aaaaaaaaaaaaa1", 12, "Use more different characters."],
    ["aisha.khan2026", 12, "Your name or address is easy to guess. Choose other words."],
    ["quiet harbour lane", 12, null],
    ["👍👎👊🤞🤟🤘🤙🖖👌🤌🤏🫰", 12, null],
  ])("%j with at least %i characters: %s", (password, least, complaint) => {
    expect(passwordComplaint(password, least, ["Aisha", "Khan", "aisha"])).toBe(complaint);
  });

  it("is looked up by its core", () => {
    expect(guessesOf("!!P@ssw0rd1234")).toContain("password");
    expect(guessesOf("dragondragon")).toContain("dragon");
    expect(guessesOf("2024Liverpool!!")).toContain("liverpool");
    fc.assert(fc.property(fc.string(), (password) => void expect(guessesOf(password).includes("")).toBe(false)));
  });
});
