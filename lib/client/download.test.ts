import { describe, expect, it } from "vitest";
import { fileNameOf } from "@/lib/client/download";

describe("fileNameOf", () => {
  it.each([
    ["attachment; filename=\"a.pdf\"; filename*=UTF-8''%C5%81%C3%B3d%C5%BA.pdf", "Łódź.pdf"],
    ['attachment; filename="workbook.pdf"', "workbook.pdf"],
    ["attachment; filename*=UTF-8''%ZZ.pdf", null],
    ["attachment", null],
    [null, null],
  ])("reads %s", (header, name) => {
    expect(fileNameOf(header)).toBe(name);
  });
});
