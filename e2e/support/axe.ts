import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Axe finds nothing on the page as it stands: where a dialog holds the keys, in it and whatever else lies above the page. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await expectNothing(page, (axe) => axe.withTags(TAGS), where);
}

/** Colours alone change in dark: there axe is asked for contrast. */
async function expectContrast(page: Page, where: string): Promise<void> {
  await expectNothing(page, (axe) => axe.withRules(["color-contrast"]), where);
}

/** Something to run in a page that has axe already. */
const NOTHING = ";";

/**
 * Axe's legacy mode looks into no frames of other origins. The app has none, and a look takes a quarter of the time. Half
 * a megabyte of script goes into a document at its first look alone.
 */
async function axeFor(page: Page): Promise<AxeBuilder> {
  const { isThere, isModal } = await page.evaluate(() => ({
    isThere: "axe" in window,
    isModal: document.querySelector("[aria-modal='true'], dialog:modal") !== null,
  }));
  const axe = isThere ? new AxeBuilder({ page, axeSource: NOTHING }) : new AxeBuilder({ page });
  // Nobody reaches the page behind it, and what the edge of its shade cuts through would seem too small, now and then, by
  // how long the page is. Pages are looked at by themselves.
  if (isModal) for (const above of ["[data-portal]", "dialog:modal"]) axe.include(above);
  return axe.setLegacyMode(true).options({ resultTypes: ["violations"] });
}

/** Says what axe finds on the page, in words that name the place; nothing may be found. */
async function expectNothing(page: Page, ask: (axe: AxeBuilder) => AxeBuilder, where: string): Promise<void> {
  await untilStill(page);
  const { violations } = await ask(await axeFor(page)).analyze();
  const found: string[] = [];
  for (const { id, nodes } of violations) {
    for (const { target, failureSummary = "" } of nodes) {
      const place = target.join(" ");
      if (id === "target-size" && failureSummary.includes("partially obscured") && (await isReached(page, place)))
        continue;
      found.push(`${id}: ${place} (${failureSummary})`);
    }
  }
  expect(found, where).toEqual([]);
}

/**
 * Whether something is large enough once it stands in the middle of the window. What a bar at the window's edge cuts is cut
 * by how far the page happens to be scrolled, and anybody scrolls on.
 */
async function isReached(page: Page, place: string): Promise<boolean> {
  await page.locator(place).evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  const axe = (await axeFor(page)).withRules(["target-size"]);
  const { violations } = await axe.analyze();
  return !violations.some(({ nodes }) => nodes.some(({ target }) => target.join(" ") === place));
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

/**
 * Looks at the page as it stands, which loading it again would lose: in light, wide and on a phone, and there in dark too.
 */
export async function expectFineState(page: Page, where: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await put(page, "light");
    await expectAccessible(page, `${where}, ${width} px, light`);
  }
  await put(page, "dark");
  await expectContrast(page, `${where}, ${WIDTHS[1]} px, dark`);
}

/** What these pages show depends on the width at which they were loaded; all others follow it by their styles alone. */
const READS_WIDTH = /^\/worksheets\//;

/**
 * Loads a page and looks at it in both widths in light, and in dark at one of them.
 * @param address where it is; absent for the page that is open, which is loaded again
 * @param dark the width at which it is looked at in dark (pixels); pages that follow one another take turns, so that what all
 * of them have is seen in dark at both
 */
export async function expectFineLooks(
  page: Page,
  where: string,
  address?: string,
  dark: (typeof WIDTHS)[number] = 390,
): Promise<void> {
  // A redirect that the page makes itself has to be over before it can be loaded again.
  if (address === undefined) await page.waitForLoadState("networkidle");
  for (const [turn, width] of WIDTHS.entries()) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    if (turn === 0 && address !== undefined) await page.goto(address);
    else if (turn === 0 || READS_WIDTH.test(address ?? "")) await page.reload();
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect(page).toHaveTitle(/Countervail/);
    await page.waitForLoadState("networkidle");
    await put(page, "light");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${where}, ${width} px: horizontal scroll`).toBeLessThanOrEqual(0);
    await expectAccessible(page, `${where}, ${width} px, light`);
    if (width !== dark) continue;
    await put(page, "dark");
    await expectContrast(page, `${where}, ${width} px, dark`);
  }
}

/** Has the device ask for light or dark, and waits until the page is so. */
async function put(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
}
