import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex, utf8 } from "@/lib/domain/proof/bytes";
import { sha256 } from "@/lib/signing/node-crypto";
import {
  keeperEvent,
  keptOf,
  parseSegment,
  payloadsIn,
  rowsDigest,
  rowsText,
  type SegmentDocument,
  segmentPath,
  segmentText,
  writeSegment,
} from "./segment";

const digest = "a".repeat(64);
const document: SegmentDocument = {
  service: "5e0f6a1c-6f4e-4bd9-9a4e-0d6f5a3a9b11",
  chain: "org:01a21771-67ee-71da-b67a-01689baefdfc",
  from: 20_000,
  to: 20_003,
  count: 3,
  prevHash: digest,
  lastHash: "b".repeat(64),
  sha256: "c".repeat(64),
  rowsSha256: "d".repeat(64),
  kept: [20_001],
  lastAt: "2026-08-01T09:00:00.000Z",
  checkpoint: 20_007,
  at: "2026-11-26T09:00:00.000Z",
};

describe("a segment", () => {
  it("holds every text of its events, whatever they say", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
        const payloads = values.map((value) => JSON.stringify(value)).filter((text) => text.isWellFormed());
        fc.pre(payloads.length > 0);
        expect(payloadsIn(utf8(segmentText(payloads)))).toEqual(payloads);
      }),
    );
    expect(payloadsIn(utf8('{"v":1}\n{"v":'))).toBeNull();
    expect(payloadsIn(Uint8Array.of(0xff, 0x0a))).toBeNull();
  });

  it("has a document that is read as it was written, and in no other form", () => {
    const bytes = writeSegment(document);
    expect(parseSegment(bytes)).toEqual({ ok: true, value: document });
    // Those of before said neither which events are kept nor when the last happened.
    const { kept: _, lastAt: __, ...older } = document;
    expect(parseSegment(writeSegment(older))).toEqual({ ok: true, value: older });
    const wrong = [
      { ...document, to: document.from },
      { ...document, count: 4 },
      { ...document, checkpoint: document.to - 1 },
      { ...document, chain: "org:../../etc" },
    ];
    for (const other of wrong) expect(parseSegment(writeSegment(other)).ok).toBe(false);
    expect(parseSegment(utf8(` ${new TextDecoder().decode(bytes)}`)).ok).toBe(false);
  });

  it("says which of its events stay at hand, and when the youngest happened", () => {
    const events = [
      { action: "worksheet.opened", at: "2026-08-01T09:00:00.000Z" },
      { action: "trail.expired", at: "2026-08-03T09:00:00.000Z" },
      { action: "pack.sealed", at: "2026-08-02T09:00:00.000Z" },
    ];
    expect(keptOf(40, [...events.map((event) => JSON.stringify(event)), "no event"])).toEqual({
      kept: [41, 42],
      lastAt: "2026-08-03T09:00:00.000Z",
    });
  });

  it("lies where a list of files shows it in its order", () => {
    expect(segmentPath(document)).toBe("org-01a21771-67ee-71da-b67a-01689baefdfc/000000020000-000000020003");
  });

  it("tells of rows in one settled order", () => {
    const row = { table: "section", id: "b", number: 2, state: digest };
    const gone = { table: "section", id: "a", number: 1, state: null };
    const seen = { table: "evidence", id: "z", number: null, state: null };
    expect(rowsText([{ seq: 7n, rows: [row, gone, seen] }])).toBe(
      `7\tevidence\tz\t-\t-\n7\tsection\ta\t1\t-\n7\tsection\tb\t2\t${digest}\n`,
    );
    const payload = JSON.stringify({ changes: [row, gone, { table: "evidence", id: "z" }] });
    expect(rowsDigest(7, [payload], sha256)).toBe(
      toHex(sha256(utf8(rowsText([{ seq: 7n, rows: [seen, gone, row] }])))),
    );
  });
});

it("is told by an event in the form of all others", () => {
  const text = keeperEvent("trail.archived", new Date(document.at), "token", { from: 0, to: 3, sha256: digest });
  expect(JSON.parse(text)).toMatchObject({
    v: 1,
    action: "trail.archived",
    actorId: null,
    at: document.at,
    changes: [],
    tx: "token",
  });
});
