import { link, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { putNew } from "@/lib/cli/commands/put-new";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "put-new-"));
  await writeFile(draft(), "whole");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const draft = () => join(folder, "pack.zip.part");
const target = () => join(folder, "pack.zip");
const refusing = (code: string) => async () => {
  throw Object.assign(new Error(`${code}: refused`), { code });
};

it("gives a draft its name", async () => {
  expect(await putNew(draft(), target())).toBe(true);
  expect(await readdir(folder)).toEqual(["pack.zip"]);
  expect(await readFile(target(), "utf8")).toBe("whole");
});

it("leaves what has the name by now, with hard links and without", async () => {
  await writeFile(target(), "theirs");
  for (const naming of [
    { link, rename },
    { link: refusing("EPERM"), rename },
  ]) {
    expect(await putNew(draft(), target(), naming)).toBe(false);
    expect(await readFile(target(), "utf8")).toBe("theirs");
    expect(await readFile(draft(), "utf8")).toBe("whole");
  }
});

it.each(["EPERM", "EACCES", "ENOTSUP", "EMLINK", "EXDEV", "EIO"])(
  "does without a hard link that is refused by %s",
  async (code) => {
    expect(await putNew(draft(), target(), { link: refusing(code), rename })).toBe(true);
    expect(await readdir(folder)).toEqual(["pack.zip"]);
    expect(await readFile(target(), "utf8")).toBe("whole");
  },
);

it("leaves the draft and no empty file where renaming fails too", async () => {
  const naming = { link: refusing("EPERM"), rename: refusing("EIO") };
  await expect(putNew(draft(), target(), naming)).rejects.toMatchObject({ code: "EIO" });
  expect(await readdir(folder)).toEqual(["pack.zip.part"]);
  expect(await readFile(draft(), "utf8")).toBe("whole");
});

it("takes away nothing that somebody else put in the place meanwhile", async () => {
  const naming = {
    link: refusing("EPERM"),
    rename: async () => {
      await writeFile(join(folder, "other"), "theirs");
      await rename(join(folder, "other"), target());
      await refusing("EIO")();
    },
  };
  await expect(putNew(draft(), target(), naming)).rejects.toMatchObject({ code: "EIO" });
  expect(await readFile(target(), "utf8")).toBe("theirs");
});
