import { describe, expect, it } from "vitest";
import { kindByName } from "@/lib/domain/evidence/file-kinds";
import { FILE_LIMITS } from "@/lib/domain/evidence/file-limits";
import { checkFileName, checkRoom, sizeWords } from "@/lib/domain/evidence/file-rules";

describe("a file’s name", () => {
  it("is kept as the person wrote it", () => {
    for (const name of ["Bericht №7 (v2).pdf", "証拠.txt", "a.b.c.CSV", "it’s “quoted”.log"]) {
      expect(checkFileName(name)).toEqual({ ok: true, value: name });
    }
  });

  it("says the kind by its ending, in capitals too", () => {
    expect(["a.PDF", "b.jpeg", "c.tar.gz", "d"].map(kindByName)).toEqual(["pdf", "jpg", null, null]);
  });
});

describe("room", () => {
  const used = { worksheetFiles: 199, organisationBytes: 1_999_999_000 };
  it("is there up to the limit and not beyond", () => {
    expect(checkRoom(used, 1_000, FILE_LIMITS).ok).toBe(true);
    expect(checkRoom(used, 1_001, FILE_LIMITS)).toMatchObject({
      error: { rule: "organisation_full", words: "The organisation may store 2 GB; 1 kB are left." },
    });
    expect(checkRoom({ ...used, worksheetFiles: 200 }, 1, FILE_LIMITS)).toMatchObject({ error: { rule: "too_many" } });
  });
});

it.each([
  [1, "1 byte"],
  [999, "999 bytes"],
  [1_234, "1.2 kB"],
  [25_000_000, "25 MB"],
  [2_000_000_000, "2 GB"],
])("%d bytes are %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
