import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailAddress, requiredText, text } from "./text";

describe("text", () => {
  it("is kept to the code unit, or refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (value) => {
        const parsed = text(100).safeParse(value);
        if (value.includes("\u0000")) expect(parsed.success).toBe(false);
        else expect(parsed.data).toBe(value);
      }),
    );
  });

  it.each(["\u0000", "a\u0000b", "\ud800", "x\udc00y", "\udc00\ud800"])("is refused as %j", (value) => {
    expect(text(100).safeParse(value).success).toBe(false);
  });

  it("keeps the blanks around it and has to say something where it is required", () => {
    expect(requiredText(100).parse(" e\u0301\r\n\t")).toBe(" e\u0301\r\n\t");
    for (const nothing of ["", "  ", "\r\n\t", "\u00a0\u3000"]) {
      expect(requiredText(100).safeParse(nothing).success).toBe(false);
    }
  });
});

describe("an e-mail address", () => {
  it("is read without blanks around it and in small letters", () => {
    expect(emailAddress.parse("\t Ada.Lovelace+pci@Example.ORG ")).toBe("ada.lovelace+pci@example.org");
  });

  it.each([
    "ada@example",
    "ａda@example.org",
    "ﬁ@example.org",
    "ada@e\u212aample.org",
    "ada@ex ample.org",
    "a\u0000@example.org",
  ])("is refused as %j, not turned into another one", (value) => {
    expect(emailAddress.safeParse(value).success).toBe(false);
  });
});
