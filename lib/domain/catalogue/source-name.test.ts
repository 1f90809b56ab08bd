import { expect, it } from "vitest";
import { sourceName } from "@/lib/domain/catalogue/source-name";

it.each([
  [
    "https://docs.aws.amazon.com/kms/latest/developerguide/vpce-policy-condition.html",
    "docs.aws.amazon.com · vpce-policy-condition",
  ],
  ["https://www.example.com/", "example.com"],
  ["not an address", "not an address"],
])("names %s as %s", (address, name) => {
  expect(sourceName(address)).toBe(name);
});
