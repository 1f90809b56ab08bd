import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Says what axe finds on the page, in words that name the place; nothing may be found. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
  expect(found, where).toEqual([]);
}
