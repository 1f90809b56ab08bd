import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ChainEvent,
  type ChainHead,
  chainStart,
  entryHash,
  genesisHash,
  hashPayload,
  verifyChain,
  verifyStretch,
} from "@/lib/domain/audit/chain";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const LOG = "org:test";

function chainOf(payloads: readonly string[]): { events: ChainEvent[]; head: ChainHead } {
  let prevHash = genesisHash(LOG, sha256);
  const events = payloads.map((payload, index) => {
    const seq = BigInt(index);
    const event = { seq, prevHash, entryHash: entryHash(seq, prevHash, hashPayload(payload, sha256), sha256), payload };
    prevHash = event.entryHash;
    return event;
  });
  return { events, head: { size: BigInt(events.length), head: prevHash } };
}
const holds = (events: readonly ChainEvent[], head: ChainHead | null) => verifyChain(LOG, events, head, sha256).holds;

const payloads = fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { minLength: 2, maxLength: 12 });
const chains = payloads.map(chainOf);
/** A chain and the place of one of its events. */
const chainAndPlace = chains.chain((chain) =>
  fc.record({ chain: fc.constant(chain), at: fc.nat({ max: chain.events.length - 1 }) }),
);
const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
const runs = { numRuns: 300, seed: 7 };

describe("the hash chain", () => {
  test("hashes as the database does", () => {
    const prev = new Uint8Array(32).fill(0xab);
    const expected = createHash("sha256")
      .update(Buffer.from("000000000000000001", "hex"))
      .update(prev)
      .update(createHash("sha256").update('{"a":"Łódź"}', "utf8").digest())
      .digest("hex");
    expect(hex(entryHash(1n, prev, hashPayload('{"a":"Łódź"}', sha256), sha256))).toBe(expected);
    expect(hex(genesisHash("system", sha256))).toBe(
      createHash("sha256").update("COUNTERVAIL-AUDIT-GENESIS:system").digest("hex"),
    );
  });

  test("a log without events has no head", () => {
    expect(holds([], null)).toBe(true);
    expect(holds(chainOf(["a"]).events, null)).toBe(false);
    expect(holds([], { size: 0n, head: genesisHash(LOG, sha256) })).toBe(true);
  });

  test("an untouched chain holds, in one piece and in stretches", () => {
    fc.assert(
      fc.property(chainAndPlace, ({ chain, at }) => {
        expect(holds(chain.events, chain.head)).toBe(true);
        const links = chain.events.map((event) => ({ ...event, payloadHash: hashPayload(event.payload, sha256) }));
        const first = verifyStretch(links.slice(0, at), chainStart(LOG, sha256), sha256);
        expect(first.holds && verifyStretch(links.slice(at), first.progress, sha256).holds).toBe(true);
      }),
      runs,
    );
  });

  test("the chain of one log is not that of another", () => {
    const { events, head } = chainOf(["a", "b"]);
    expect(verifyChain("org:other", events, head, sha256)).toMatchObject({ holds: false, seq: 0n });
  });

  test("names the first wrong event in words", () => {
    const { events, head } = chainOf(["a", "b", "c"]);
    const changed = events.map((event) => (event.seq === 1n ? { ...event, payload: "B" } : event));
    expect(verifyChain(LOG, changed, head, sha256)).toEqual({
      holds: false,
      seq: 1n,
      problem: "The content of event 1 is not what was recorded.",
    });
    expect(verifyChain(LOG, events.slice(0, 2), head, sha256)).toMatchObject({
      problem: "The trail should have 3 events and has 2.",
    });
    const gap = events.filter((event) => event.seq !== 1n);
    expect(verifyChain(LOG, gap, head, sha256)).toMatchObject({
      problem: "Event 1 is missing: event 2 comes in its place.",
    });
  });
});

describe("tampering is found", () => {
  const law = (tamper: (events: readonly ChainEvent[], at: number) => readonly ChainEvent[]) =>
    fc.assert(
      fc.property(chainAndPlace, ({ chain, at }) => {
        expect(holds(tamper(chain.events, at), chain.head)).toBe(false);
      }),
      runs,
    );
  const change = (events: readonly ChainEvent[], at: number, part: (event: ChainEvent) => Partial<ChainEvent>) =>
    events.map((event, index) => (index === at ? { ...event, ...part(event) } : event));

  test("a changed payload", () =>
    law((events, at) => change(events, at, ({ payload }) => ({ payload: `${payload}.` }))));
  test("a changed number", () => law((events, at) => change(events, at, ({ seq }) => ({ seq: seq + 1n }))));
  test("a changed byte of a hash", () => {
    for (const byte of [0, 15, 31]) {
      law((events, at) => change(events, at, (event) => ({ entryHash: flip(event.entryHash, byte) })));
      law((events, at) => change(events, at, (event) => ({ prevHash: flip(event.prevHash, byte) })));
    }
  });
  test("a removed event, the last one included", () => law((events, at) => events.toSpliced(at, 1)));
  test("a cut tail of any length", () => law((events, at) => events.slice(0, at)));
  test("a repeated event", () => law((events, at) => [...events.slice(0, at + 1), ...events.slice(at)]));
  test("two swapped events", () =>
    law((events, at) => {
      const other = (at + 1) % events.length;
      const swapped = [...events];
      [swapped[at], swapped[other]] = [events[other] as ChainEvent, events[at] as ChainEvent];
      return swapped;
    }));
  test("a changed payload with hashes made anew behind it, by the head", () =>
    law((events, at) => chainOf(events.map(({ payload }, index) => (index === at ? `${payload}.` : payload))).events));
  test("an event added at the end", () =>
    law((events) => chainOf([...events.map(({ payload }) => payload), "x"]).events));
  test("a changed head", () => {
    const { events, head } = chainOf(["a", "b"]);
    expect(holds(events, { ...head, head: flip(head.head, 3) })).toBe(false);
    expect(holds(events, { ...head, size: 3n })).toBe(false);
    expect(holds(events, { ...head, size: 1n })).toBe(false);
  });
});
