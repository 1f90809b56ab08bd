import fc from "fast-check";
import { expect, test } from "vitest";
import { safeLink } from "@/lib/domain/worksheet/safe-link";

test("only http, https and mailto addresses pass", () => {
  expect(safeLink("https://example.org/a b")).toBe("https://example.org/a%20b");
  expect(safeLink("HTTP://example.org")).toBe("http://example.org/");
  expect(safeLink("mailto:qsa@example.org")).toBe("mailto:qsa@example.org");
  const refused = [
    "javascript:alert(1)",
    " jAvA\tscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "/a",
    "",
    "vbscript:x",
  ];
  for (const href of refused) expect(safeLink(href)).toBeNull();
});

test("what passes is plain ASCII without blanks or quotes that could end an attribute", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string().map((tail) => `https://example.org/${tail}`),
      ),
      (href) => {
        const link = safeLink(href);
        if (link !== null) expect(link).toMatch(/^(https?|mailto):[!#-~]*$/);
      },
    ),
  );
});
