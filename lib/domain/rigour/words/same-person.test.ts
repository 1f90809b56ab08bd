import { expect, test } from "vitest";
import { isSelf } from "@/lib/domain/rigour/words/same-person";

test.each([
  ["Head of Cloud Platform", "head of cloud platform", true],
  ["M. Okoye, Head of Cloud Platform", "Head of Cloud Platform", true],
  ["Cloud Platform team", "Cloud Platform", true],
  ["Platform team and internal audit", "Platform team", false],
  ["Platform team with its lead", "Platform team", false],
  ["Internal audit (not the platform team)", "Platform team", false],
  ["Internal audit, independent of the platform team", "Platform team", false],
  ["Internal audit", "Platform team", false],
  ["Anna Berg", "Anna Bergmann", false],
  ["", "", false],
  ["Key Manager", "Key Manager, deputy: J. Lind", true],
] as const)("%s tests what %s owns: %s", (tester, owner, self) => expect(isSelf(tester, owner)).toBe(self));
