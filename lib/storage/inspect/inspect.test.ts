import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import { dropDraft, MOST_DRAFTS, receiveDraft } from "@/lib/storage/draft";
import { inspectFile } from "@/lib/storage/inspect/inspect";
import { orStorageFailure } from "@/lib/storage/storage-failure";
import { bodyOf, makeTestFiles, png, type TestFiles } from "@/test/evidence-files";
import { HOSTILE_FILES } from "@/test/hostile-files";

let files: TestFiles;
beforeAll(async () => {
  files = await makeTestFiles();
});
afterAll(() => files.remove());

async function inspect(name: string, bytes: Buffer | string, limits = FILE_LIMITS) {
  const draft = await receiveDraft(files.draftFolder, bodyOf(bytes), limits);
  try {
    return await inspectFile(draft, name, limits);
  } finally {
    await dropDraft(draft);
  }
}

describe("a file", () => {
  it("is tried in at least sixty ways", () => {
    expect(HOSTILE_FILES.length).toBeGreaterThanOrEqual(60);
  });

  it.each(HOSTILE_FILES.map((one) => [one.rule ?? "taken", one.what, one] as const))(
    "%s: %s",
    async (_rule, _what, one) => {
      const found = await inspect(one.name, one.bytes());
      expect(found.ok ? null : found.error).toEqual(
        one.rule && { rule: one.rule, words: expect.stringMatching(/\.$/) },
      );
    },
  );

  it.each(["bomb.docx", "big.docx", "many.xlsx"])("is told the limit that it breaks: %s", async (name) => {
    const one = HOSTILE_FILES.find((file) => file.name === name);
    const found = await inspect(name, one?.bytes() ?? Buffer.alloc(0));
    expect(found.ok ? "" : found.error.words).toMatch(/100 to 1|200 MB|1,000 parts/);
  });
});

describe("card numbers in a text", () => {
  it("are found across the pieces that it is read in, with their line", async () => {
    const filler = `${"word ".repeat(30)}\n`.repeat(2_000);
    const found = await inspect("log.txt", `${filler}card 5555 5555 5555 4444\n${filler}`);
    expect(found).toMatchObject({ ok: true, value: { cardNumbers: [{ line: 2_001, lastFour: "4444" }] } });
    const endless = `${"x ".repeat(40_000)}4012888888881881 ${"y ".repeat(40_000)}`;
    expect(await inspect("long.csv", endless)).toMatchObject({
      value: { cardNumbers: [{ line: 1, lastFour: "1881" }] },
    });
  });
});

describe("a body", () => {
  it("is given up at the limit, and leaves no file behind", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_000;
        controller.enqueue(new Uint8Array(1_000));
      },
    });
    const limits = { ...FILE_LIMITS, fileBytes: 10_000 };
    await expect(receiveDraft(files.draftFolder, endless, limits)).rejects.toMatchObject({ code: "too_large" });
    expect(sent).toBeLessThan(20_000);
  });

  it("that stays silent is given up, and one that trickles for too long", async () => {
    const silent = new ReadableStream<Uint8Array>({});
    const quick = { ...FILE_LIMITS, silenceMs: 30, uploadMs: 120 };
    await expect(receiveDraft(files.draftFolder, silent, quick)).rejects.toMatchObject({ code: "too_slow" });
    const trickle = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 15));
        controller.enqueue(new Uint8Array(1));
      },
    });
    await expect(receiveDraft(files.draftFolder, trickle, quick)).rejects.toMatchObject({ code: "too_slow" });
  });

  it("waits for nobody while too many are being received, and is taken again once one has ended", async () => {
    const receive = () => receiveDraft(files.draftFolder, bodyOf(png()), FILE_LIMITS);
    const first = await receive();
    const others = await Promise.all(Array.from({ length: MOST_DRAFTS - 1 }, receive));
    await expect(receive()).rejects.toMatchObject({ code: "unavailable", extras: { retryAfter: 5 } });
    await dropDraft(first);
    others.push(await receive());
    await Promise.all(others.map(dropDraft));
  });

  it("is hashed as it comes, and a full disk says so", async () => {
    const draft = await receiveDraft(files.draftFolder, bodyOf(png(), 7), FILE_LIMITS);
    expect(draft).toMatchObject({ size: png().length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await dropDraft(draft);
    const full = Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
    await expect(orStorageFailure(full)).rejects.toMatchObject({ code: "storage_full" });
  });
});
