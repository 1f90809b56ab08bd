import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Says what axe finds on the page, in words that name the place; nothing may be found. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await expectNothing(new AxeBuilder({ page }).withTags(TAGS), where);
}

/** The same for contrast alone: all that another colour scheme changes. */
export async function expectContrast(page: Page, where: string): Promise<void> {
  await expectNothing(new AxeBuilder({ page }).withRules(["color-contrast"]), where);
}

async function expectNothing(builder: AxeBuilder, where: string): Promise<void> {
  const { violations } = await builder.analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
  expect(found, where).toEqual([]);
}
