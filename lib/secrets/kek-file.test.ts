import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OperatorError } from "@/lib/operator-error";
import { fileKek } from "@/lib/secrets/file-kek";
import { makeKekFile, readKekFile } from "@/lib/secrets/kek-file";
import { kekStore } from "@/lib/secrets/kek-store";
import { SealBroken } from "@/lib/secrets/seal-broken";

const NOW = new Date("2026-11-24T09:00:00Z");
const name = { id: "d1", organisationId: "o1", purpose: "thing.secret" };
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countervail-kek-"));
  path = join(folder, "keys", "kek.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the file of key-encryption keys", () => {
  test("is made once, for its owner alone, also by many at the same moment", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => makeKekFile(path, NOW)));
    expect(made.filter(Boolean)).toHaveLength(1);
    const before = await readFile(path, "utf8");
    expect(await makeKekFile(path, NOW)).toBe(false);
    expect(await readFile(path, "utf8")).toBe(before);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "keys"))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, "keys"))).toEqual(["kek.json"]);
  });

  test.each([
    ["is no JSON", "{", /damaged: restore the file from its backup/],
    ["names an active key that it lacks", JSON.stringify({ version: 1, active: "x", keys: [] }), /damaged/],
    [
      "holds a key that is too short",
      JSON.stringify({ version: 1, active: "x", keys: [{ id: "x", key: "AAAA", createdAt: NOW.toISOString() }] }),
      /damaged/,
    ],
  ])("that %s is refused in one line, without its content", async (_what, text, words) => {
    await makeKekFile(path, NOW);
    await writeFile(path, text);
    const reading = readKekFile(path);
    await expect(reading).rejects.toThrow(OperatorError);
    await expect(reading).rejects.toThrow(words);
  });

  test.each([0o644, 0o640, 0o604, 0o660])("with the rights %o is refused", async (mode) => {
    await makeKekFile(path, NOW);
    await chmod(path, mode);
    await expect(readKekFile(path)).rejects.toThrow(/may be read by others: chmod 600/);
  });

  test("may be read-only, and still gets another key", async () => {
    await makeKekFile(path, NOW);
    await chmod(path, 0o400);
    expect(await kekStore(path, () => NOW).addNext()).toBe(true);
    expect((await readKekFile(path))?.keys).toHaveLength(2);
  });

  test("that is not there is told apart from one without keys", async () => {
    expect(await readKekFile(path)).toBeNull();
    await expect(fileKek(path).activeId()).rejects.toThrow(/restore the file from its backup/);
  });
});

describe("a key from the file", () => {
  test("opens what it wrapped, for that data key alone", async () => {
    await makeKekFile(path, NOW);
    const kek = fileKek(path);
    const key = randomBytes(32);
    const wrapped = await kek.wrap(name, key);
    expect(await fileKek(path).unwrap(name, wrapped)).toEqual(key);
    for (const other of [{ id: "d2" }, { organisationId: null }, { purpose: "other.secret" }]) {
      await expect(kek.unwrap({ ...name, ...other }, wrapped)).rejects.toThrow(SealBroken);
    }
    await expect(kek.unwrap(name, { ...wrapped, kekId: "gone" })).rejects.toThrow(/gone is not in its file/);
  });

  test("of a rotation in all its states opens the old and wraps the new, in a process that knows of nothing", async () => {
    await makeKekFile(path, NOW);
    const kek = fileKek(path);
    const first = await kek.activeId();
    const old = await kek.wrap(name, randomBytes(32));
    const store = kekStore(path, () => NOW);
    const opensOld = async () => expect((await kek.unwrap(name, old)).length).toBe(32);

    expect(await store.addNext()).toBe(true);
    const next = await store.nextId();
    expect([await kek.activeId(), await kek.holds(next ?? "")]).toEqual([first, true]);
    await opensOld();
    expect(await store.addNext()).toBe(false);
    await store.activateNext();
    expect([await kek.activeId(), await store.nextId()]).toEqual([next, null]);
    await opensOld();
    // Interrupted here, a second rotation goes on with the first.
    expect(await store.addNext()).toBe(false);
    await store.retireFormer(new Set([first]));
    expect(await store.addNext()).toBe(false);
    await store.retireFormer(new Set());
    await opensOld();
    const later = new Date(NOW.getTime() + 1);
    expect([await store.retiredBefore(NOW), await store.retiredBefore(later)]).toEqual([[], [first]]);
    await store.remove([first, next ?? ""]);
    expect((await readKekFile(path))?.keys.map(({ id }) => id)).toEqual([next]);
    await expect(kek.unwrap(name, old)).rejects.toThrow(/restore it from a backup/);
    expect(await store.addNext()).toBe(true);
  });
});
