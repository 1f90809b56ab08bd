import { createHash, randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { ReadableStream as NodeStream } from "node:stream/web";
import S3rver from "s3rver";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import { type BlobStore, blobKey, isBlobKey } from "@/lib/storage/blob-store";
import { type Draft, dropDraft, receiveDraft } from "@/lib/storage/draft";
import { fileStore } from "@/lib/storage/file-store";
import { s3Store } from "@/lib/storage/s3-store";
import { clamdScanner } from "@/lib/storage/scanner";
import { isWhole, readVerified } from "@/lib/storage/verified";
import { bodyOf } from "@/test/evidence-files";

const ORGANISATION = randomUUID();
const SECRET = randomBytes(32);
let folder = "";
let s3: S3rver;
const stores = new Map<string, BlobStore>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countervail-stores-"));
  s3 = new S3rver({
    ...{ port: 0, address: "127.0.0.1", silent: true, directory: join(folder, "s3") },
    configureBuckets: [{ name: "evidence", configs: [] }],
  });
  const { port } = await s3.run();
  const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
  const place = { endpoint: `http://127.0.0.1:${port}`, bucket: "evidence", region: "us-east-1" };
  stores.set("a folder", fileStore(join(folder, "stored")));
  stores.set("S3", s3Store({ ...place, ...credentials }));
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

// How many drafts there may be is counted for all tests of a process.
const received: Draft[] = [];
afterEach(async () => {
  await Promise.all(received.splice(0).map(dropDraft));
});

async function draftOf(words: string) {
  const draft = await receiveDraft(join(folder, "drafts"), bodyOf(words), FILE_LIMITS);
  received.push(draft);
  return { draft, key: blobKey(ORGANISATION, SECRET, draft.sha256) };
}

describe.each(["a folder", "S3"])("a store in %s", (name) => {
  const store = () => {
    const found = stores.get(name);
    if (!found) throw new Error(`There is no store in ${name}.`);
    return found;
  };

  it("gives back what it was given, more than once, and lists and removes it", async () => {
    const { draft, key } = await draftOf(`kept in ${name}`);
    expect(await store().has(key)).toBe(false);
    expect(await store().open(key)).toBeNull();
    await store().put(key, draft);
    expect(await store().has(key)).toBe(true);
    expect(await isWhole(store(), key, draft)).toBe(true);
    const bytes = await readVerified(store(), key, draft);
    expect(await text(bytes as NodeStream)).toBe(`kept in ${name}`);
    const listed = [];
    for await (const object of store().list()) listed.push(object);
    expect(listed).toMatchObject([{ key, size: draft.size }]);
    await store().remove(key);
    expect(await store().has(key)).toBe(false);
  });

  it("hands out nothing that is not what was stored", async () => {
    const { draft, key } = await draftOf(`to be mistaken in ${name}`);
    await store().put(key, draft);
    const other = createHash("sha256").update("something else").digest("hex");
    expect(await readVerified(store(), key, { ...draft, sha256: other })).toBeNull();
    expect(await readVerified(store(), key, { ...draft, size: 1 })).toBeNull();
  });

  it("opens no other key", async () => {
    for (const key of ["../../etc/passwd", `${ORGANISATION}/00/${"11".repeat(32)}`, ""]) {
      expect(isBlobKey(key)).toBe(false);
      await expect(Promise.resolve().then(() => store().open(key))).rejects.toThrow(RangeError);
    }
  });
});

it("replaces in a folder only what is known to be damaged", async () => {
  const store = stores.get("a folder") as BlobStore;
  const { draft, key } = await draftOf("whole");
  await store.put(key, draft);
  const path = join(folder, "stored", key);
  await chmod(path, 0o600);
  await writeFile(path, "other");
  await store.put(key, (await draftOf("whole")).draft);
  expect(await isWhole(store, key, draft)).toBe(false);
  await store.put(key, (await draftOf("whole")).draft, { replace: true });
  expect(await isWhole(store, key, draft)).toBe(true);
});

it("puts the same file of two organisations under keys that say nothing of each other", () => {
  const sha256 = createHash("sha256").update("x").digest("hex");
  const [mine, theirs] = [blobKey(ORGANISATION, SECRET, sha256), blobKey(randomUUID(), randomBytes(32), sha256)];
  expect([isBlobKey(mine), isBlobKey(theirs)]).toEqual([true, true]);
  expect(mine.split("/")[2]).not.toBe(theirs.split("/")[2]);
});

describe("a virus scanner", () => {
  /** Speaks as clamd does: it takes the chunks to their end, and answers. */
  async function clamd(answer: (bytes: Buffer) => string) {
    const server = createServer((socket) => {
      let taken = Buffer.alloc(0);
      socket.on("data", (part) => {
        taken = Buffer.concat([taken, part]);
        let at = "zINSTREAM\0".length;
        const bytes: Buffer[] = [];
        while (taken.length >= at + 4) {
          const length = taken.readUInt32BE(at);
          if (length === 0) return void socket.end(`${answer(Buffer.concat(bytes))}\0`);
          bytes.push(taken.subarray(at + 4, at + 4 + length));
          at += 4 + length;
        }
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as { port: number };
    return { port, close: () => server.close() };
  }
  async function* chunks() {
    yield Buffer.from("first, ");
    yield Buffer.from("second");
  }

  it("gets the whole file, and its answer is believed", async () => {
    const peer = await clamd((bytes) => (String(bytes) === "first, second" ? "stream: OK" : "stream: Odd FOUND"));
    expect(await clamdScanner({ host: "127.0.0.1", port: peer.port }).scan(chunks())).toEqual({
      state: "clean",
      note: "",
    });
    peer.close();
    const strict = await clamd(() => "stream: Eicar-Signature FOUND");
    const found = await clamdScanner({ host: "127.0.0.1", port: strict.port }).scan(chunks());
    expect(found).toEqual({ state: "infected", note: "Eicar-Signature" });
    strict.close();
  });

  it("that is away, broken or silent leaves a file waiting", async () => {
    const gone = await clamd(() => "");
    gone.close();
    const broken = await clamd(() => "INSTREAM size limit exceeded. ERROR");
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
    const ports = [gone.port, broken.port, (silent.address() as { port: number }).port];
    for (const port of ports) {
      expect(await clamdScanner({ host: "127.0.0.1", port }, 200).scan(chunks())).toMatchObject({ state: "pending" });
    }
    broken.close();
    silent.close();
  });
});
