import { expect, type Page } from "@playwright/test";
import { makeEngagement, writeWorksheet } from "./support/engagement";
import { pageOf } from "./support/people";
import { watchPolicy } from "./support/policy";
import { test } from "./support/test";

/** The browser reports each refusal in the console before the next task of the page runs. */
const settled = (page: Page) => page.evaluate(() => new Promise((done) => setTimeout(done, 0)));

test("the browser refuses nothing of ours while a worksheet is written, reviewed and handed out", async ({
  browser,
}) => {
  const page = await pageOf(browser, "priya");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const complaints = watchPolicy(page);

  // Dates are picked, the palette is opened, colours are switched.
  await page.goto("/engagements/new");
  await page.getByLabel("Period from").click();
  await page.getByRole("button", { name: "Next month" }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("textbox").fill("8.3.4");
  await expect(
    page
      .getByRole("dialog")
      .getByText(/8\.3\.4/)
      .first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  for (const colours of ["light", "dark"]) {
    await page.getByRole("button", { name: /^Colours:/ }).click();
    await expect(page.locator("html")).toHaveAttribute(
      "data-mantine-color-scheme",
      colours === "light" ? "light" : "dark",
    );
  }

  // A worksheet with its rich text editor, a table in it, a dialog over it.
  const engagementId = await makeEngagement(page, "Policy of content", {});
  const worksheetId = await writeWorksheet(page, engagementId, "8.3.4");
  await page.goto(`/engagements/${engagementId}`);
  await page.getByRole("button", { name: /^8\.3\.4/ }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goto(`/worksheets/${worksheetId}`);
  const field = page.getByRole("textbox", { name: "Objective", exact: true });
  await field.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(" Nobody guesses a password.");
  await page.evaluate(() => {
    const pasted = new DataTransfer();
    pasted.setData("text/html", '<p style="color:red">pasted <b>text</b></p>');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }),
    );
  });
  await expect(field).toContainText("pasted text");
  await page.keyboard.press("Control+s");
  await expect(page.locator("[data-save-status=saved]").first()).toBeVisible();
  await page.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");

  // Copying, downloading, a notice.
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Copy for the ROC" }).click();
  await expect(page.getByText(/^Copied for the ROC/)).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "PDF, A4" }).click();
  expect((await (await download).path()).length).toBeGreaterThan(0);

  // A PDF within the page: the browser's own viewer draws it, which is a frame of another origin.
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Preview of the PDF" }).click();
  await expect(page.getByTitle("The worksheet as PDF, A4")).toBeVisible();
  await expect.poll(() => page.frames().some((frame) => frame.url().startsWith("chrome-extension:"))).toBe(true);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // One that does not come says so in the page's own words, and comes when it is asked for again.
  const isPdf = /\/pdf\?/;
  await page.route(isPdf, (route) => route.abort());
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Preview of the PDF" }).click();
  await expect(page.getByRole("alert", { name: "No answer" })).toContainText("The server could not be reached.");
  await page.unroute(isPdf);

  // A page that something on the way answers with is not framed.
  await page.route(isPdf, (route) =>
    route.fulfill({ contentType: "text/html", body: "<p>Sign in to this network</p>" }),
  );
  const answered = page.waitForResponse(isPdf);
  await page.getByRole("button", { name: "Try again" }).click();
  await answered;
  await expect(page.getByText("The preview did not come.")).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);
  await page.unroute(isPdf);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByTitle("The worksheet as PDF, A4")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // Pages that are reached by links, without loading the document anew, and by the browser's own ways.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Trail" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /trail/i })).toBeVisible();
  await page.goBack();
  await expect(field).toBeVisible();
  await settled(page);
  expect(complaints).toEqual([]);
});

test("a script that gets into a page does not run", async ({ browser }) => {
  const page = await pageOf(browser, "priya");
  const complaints = watchPolicy(page);
  await page.route("**/account", async (route) => {
    const reply = await route.fetch();
    const body = (await reply.text()).replace(
      "</body>",
      "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\"></body>",
    );
    await route.fulfill({ response: reply, body });
  });
  await page.goto("/account");
  await settled(page);
  await expect(page).toHaveTitle(/Countervail/);
  expect(complaints.join("\n")).toContain("Content Security Policy");
});
