import { expect } from "@playwright/test";
import { makeEngagement, openWorksheet } from "./support/engagement";
import { pageOf } from "./support/people";
import { test } from "./support/test";

test("a text is formatted by keys, by what is typed and by the buttons, and comes back as it was", async ({
  browser,
}) => {
  const page = await pageOf(browser, "priya");
  const worksheet = await openWorksheet(page, await makeEngagement(page, "Formatting", {}), "8.3.4");
  await page.goto(`/worksheets/${worksheet}`);
  const field = page.getByRole("textbox", { name: "Objective", exact: true });
  const bar = page.getByRole("toolbar", { name: "Formatting of Objective" });
  const button = (name: string) => bar.getByRole("button", { name, exact: true });
  const { keyboard } = page;

  await field.click();
  await keyboard.type("The **objective** of ");
  await keyboard.press("Control+b");
  await expect(button("Bold")).toHaveAttribute("aria-pressed", "true");
  await keyboard.type("8.3.4");
  await keyboard.press("Control+b");
  await keyboard.type(", see https://a.example/guide and policy");
  await keyboard.press("Control+Shift+ArrowLeft");
  await button("Link").click();
  await page.getByRole("textbox", { name: "Address" }).fill("two words");
  await keyboard.press("Enter");
  await expect(page.getByText("Use an address that starts with")).toBeVisible();
  await page.getByRole("textbox", { name: "Address" }).fill("b.example/policy");
  await keyboard.press("Enter");
  await expect(field).toBeFocused();
  await expect(field.locator("strong")).toHaveText("8.3.4");
  await expect(field.locator('a[href="https://a.example/guide"]')).toHaveText("https://a.example/guide");
  await expect(field.locator('a[href="https://b.example/policy"]')).toHaveText("policy");

  await keyboard.press("Control+End");
  await keyboard.press("Enter");
  await keyboard.type("- first");
  await keyboard.press("Enter");
  await keyboard.type("second");
  await keyboard.press("Enter");
  await keyboard.press("Tab");
  await keyboard.type("under it");
  await expect(field.locator("ul ul li")).toHaveText("under it");
  await button("Ordered list").click();
  await expect(field.locator("ul ol li")).toHaveText("under it");
  for (const _ of ["the empty item", "a level out", "out of the list"]) await keyboard.press("Enter");

  await button("Table").click();
  await page.getByRole("menuitem", { name: "Insert a table of 3 × 3" }).click();
  await keyboard.type("Key");
  await keyboard.press("Tab");
  await keyboard.type("Owner");
  await expect(field.locator("th")).toHaveText(["Key", "Owner", ""]);
  // The way out of a table for people without a mouse, and back along the buttons.
  await keyboard.press("Escape");
  await expect(button("Bold")).toBeFocused();
  for (const _ of "1234567") await keyboard.press("ArrowRight");
  await expect(button("Table")).toBeFocused();
  await keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Remove row" }).click();
  await expect(field.locator("tr")).toHaveCount(2);
  await button("Undo").click();
  await expect(field.locator("tr")).toHaveCount(3);

  await keyboard.press("Control+s");
  await expect(page.locator("[data-save-status=saved]").first()).toBeVisible();
  await page.reload();
  await expect(field).toContainText("The **objective** of 8.3.4, see https://a.example/guide and policy");
  await expect(field.locator("ul ol li")).toHaveText("under it");
  await expect(field.locator("tr")).toHaveCount(3);
  await expect(field.locator("th").first()).toHaveText("Key");
});

test("what is pasted is cut down to what a text may hold", async ({ browser }) => {
  const page = await pageOf(browser, "priya");
  const worksheet = await openWorksheet(page, await makeEngagement(page, "Pasting", {}), "8.3.4");
  await page.goto(`/worksheets/${worksheet}`);
  const field = page.getByRole("textbox", { name: "Objective", exact: true });
  await field.click();
  await page.evaluate(() => {
    const pasted = new DataTransfer();
    pasted.setData(
      "text/html",
      `<h2>Keys</h2><p style="color:red">of <span style="font-weight:700">payments</span>
       <a href="javascript:alert(1)">there</a> <a href="https://a.example/">here</a></p>
       <table><tr><td colspan="2">wide</td></tr><tr><td>a</td><td>b</td></tr></table><img src="x" alt="">`,
    );
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }),
    );
  });
  await expect(field.locator("strong")).toHaveText(["Keys", "payments"]);
  await expect(field.locator("a")).toHaveText(["here"]);
  await expect(field.locator("tr")).toHaveCount(2);
  await expect(field.locator("[style], [colspan], img:not(.ProseMirror-separator)")).toHaveCount(0);
  await page.keyboard.press("Control+s");
  await expect(page.locator("[data-save-status=saved]").first()).toBeVisible();
});
