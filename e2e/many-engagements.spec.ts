import { expect } from "@playwright/test";
import { expectFineState } from "./support/axe";
import { makeEngagement } from "./support/engagement";
import { pageOf } from "./support/people";
import { test } from "./support/test";

/** One more than comes with every page. */
const MANY = 21;

test("somebody with many engagements finds each of them, from every page", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  const ids: string[] = [];
  for (let n = 1; n <= MANY; n += 1) ids.push(await makeEngagement(page, `Outlet ${n} of ${MANY}`, {}));
  const oldest = `/engagements/${ids[0]}`;

  // The frame knows an engagement that did not come with the person, before any script has run.
  await page.goto(`${oldest}/people`);
  const rail = page.getByRole("navigation", { name: "Main" });
  await expect(rail.getByRole("button", { name: "Outlet 1 of 21" })).toBeVisible();
  await expect(rail.getByRole("link", { name: "Workbook" })).toHaveAttribute("href", oldest);
  await expect(rail.getByRole("link", { name: "People" })).toHaveAttribute("aria-current", "page");
  const drawn = await (await page.request.get(`${oldest}/people`)).text();
  expect(drawn).toContain(`href="${oldest}/trail"`);

  await page.waitForLoadState("networkidle");
  await rail.getByRole("button", { name: "Outlet 1 of 21" }).click();
  const switcher = page.getByRole("dialog", { name: /Switch to another/ });
  const search = switcher.getByRole("textbox", { name: "Search your engagements" });
  await expect(search).toBeFocused();
  await expect(switcher.getByRole("list", { name: "Engagements" }).getByRole("listitem")).toHaveCount(20);
  await search.fill("outlet 1 of");
  await expect(switcher.getByRole("link", { name: "Outlet 1 of 21" })).toHaveAttribute("aria-current", "true");
  await expectFineState(page, "the search for an engagement");
  // The looks end at a phone's width, which has no rail.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.reload();
  await page.waitForLoadState("networkidle");
  await rail.getByRole("button", { name: "Outlet 1 of 21" }).click();
  await search.fill("nothing is called so");
  await expect(switcher.getByText("None of your engagements is called so.")).toBeVisible();
  await search.fill("outlet 21 of");
  await switcher.getByRole("link", { name: "Outlet 21 of 21" }).click();
  await expect(page).toHaveURL(new RegExp(`/engagements/${ids[MANY - 1]}$`));
  await expect(rail.getByRole("button", { name: "Outlet 21 of 21" })).toBeVisible();

  await page.keyboard.press("Control+K");
  await page.getByRole("textbox", { name: "Search", exact: true }).fill("outlet 1 of");
  await page.getByRole("button", { name: "Outlet 1 of 21" }).last().click();
  await expect(page).toHaveURL(new RegExp(`${oldest}$`));
  await expect(rail.getByRole("button", { name: "Outlet 1 of 21" })).toBeVisible();

  await page.goto("/account");
  await page.waitForLoadState("networkidle");
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: "Outlet 1 of 21" })).toHaveCount(0);
  await main.getByRole("button", { name: "Show older roles" }).click();
  await expect(main.getByRole("link", { name: "Outlet 1 of 21" })).toBeVisible();
});

test("the list of engagements is searched on the server, and keeps the search in its address", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  await makeEngagement(page, "Kiosks of the north", {});
  await page.goto("/engagements");
  await page.waitForLoadState("networkidle");
  const search = page.getByRole("textbox", { name: "Search engagements" });
  await search.fill("kiosks");
  const cards = page.getByRole("main").getByRole("article");
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText("Kiosks of the north");
  await expect(page).toHaveURL(/\?q=kiosks$/);
  await expectFineState(page, "engagements that were searched for");
  await page.reload();
  await expect(cards).toHaveCount(1);
  await page.waitForLoadState("networkidle");
  await search.fill("kiosks of the south");
  await expect(page.getByText("No engagement fits these filters.")).toBeVisible();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(cards.filter({ hasText: "Kiosks of the north" })).toHaveCount(1);
  expect(await cards.count()).toBeGreaterThan(1);
});
