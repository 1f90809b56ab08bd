import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Axe finds nothing on the page as it stands. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await untilStill(page);
  await expectNothing((await axe(page)).withTags(TAGS), where);
}

/** Colours alone change in dark: there axe is asked for contrast. */
async function expectContrast(page: Page, where: string): Promise<void> {
  await expectNothing((await axe(page)).withRules(["color-contrast"]), where);
}

/** Something to run in a page that has axe already. */
const NOTHING = ";";

/**
 * Axe's legacy mode looks into no frames of other origins. The app has none, and a look takes a quarter of the time. Half
 * a megabyte of script goes into a document at its first look alone.
 */
async function axe(page: Page): Promise<AxeBuilder> {
  const isThere = await page.evaluate(() => "axe" in window);
  const builder = isThere ? new AxeBuilder({ page, axeSource: NOTHING }) : new AxeBuilder({ page });
  return builder.setLegacyMode(true).options({ resultTypes: ["violations"] });
}

/** Says what axe finds on the page, in words that name the place; nothing may be found. */
async function expectNothing(builder: AxeBuilder, where: string): Promise<void> {
  const { violations } = await builder.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} (${node.failureSummary ?? ""})`),
  );
  expect(found, where).toEqual([]);
}

/**
 * Waits until nothing fades or slides and no dialog that was closed darkens the page: colours halfway between two are
 * what axe would judge. What turns for as long as it is there, as the sign of loading does, is not waited for.
 */
async function untilStill(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const moving = document
      .getAnimations()
      .some((one) => one.playState === "running" && one.effect?.getComputedTiming().iterations !== Infinity);
    const dialogOpen = document.querySelector("[role='dialog'], [role='alertdialog']") !== null;
    return (
      !moving && (dialogOpen || document.querySelector(".mantine-Modal-overlay, .mantine-Drawer-overlay") === null)
    );
  });
}

const WIDTHS = [1440, 390] as const;

/** Looks at the page as it stands, which loading it again would lose, in light and dark, wide and on a phone. */
export async function expectFineState(page: Page, where: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "light");
    await expectAccessible(page, `${where}, ${width} px, light`);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
    await expectContrast(page, `${where}, ${width} px, dark`);
  }
}

/**
 * Loads a page in both widths and looks at it in light and dark.
 * @param address where it is; absent for the page that is open, which is loaded again
 */
export async function expectFineLooks(page: Page, where: string, address?: string): Promise<void> {
  // A redirect that the page makes itself has to be over before it can be loaded again.
  if (address === undefined) await page.waitForLoadState("networkidle");
  for (const [turn, width] of WIDTHS.entries()) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    if (turn === 0 && address !== undefined) await page.goto(address);
    else await page.reload();
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect(page).toHaveTitle(/Countervail/);
    await page.waitForLoadState("networkidle");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${where}, ${width} px: horizontal scroll`).toBeLessThanOrEqual(0);
    await expectAccessible(page, `${where}, ${width} px, light`);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
    await expectContrast(page, `${where}, ${width} px, dark`);
  }
}
