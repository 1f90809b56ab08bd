import { expect, type Page } from "@playwright/test";
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

/** Pastes what a clipboard has, by its types, where the cursor is. */
async function paste(page: Page, clipboard: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((all) => {
    const pasted = new DataTransfer();
    for (const [type, text] of Object.entries(all)) pasted.setData(type, text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }),
    );
  }, clipboard);
}

test("what is pasted is cut down to what a text may hold", async ({ browser }) => {
  const page = await pageOf(browser, "priya");
  const worksheet = await openWorksheet(page, await makeEngagement(page, "Pasting", {}), "8.3.4");
  await page.goto(`/worksheets/${worksheet}`);
  const field = page.getByRole("textbox", { name: "Objective", exact: true });
  await field.click();
  await paste(page, {
    "text/html": `<h2>Keys</h2><p style="color:red">of <span style="font-weight:700">payments</span>
       <a href="javascript:alert(1)">there</a> <a href="https://a.example/">here</a></p>
       <table><tr><td colspan="2">wide</td></tr><tr><td>a</td><td>b</td></tr></table><img src="x" alt="">`,
  });
  await expect(field.locator("strong")).toHaveText(["Keys", "payments"]);
  await expect(field.locator("a")).toHaveText(["here"]);
  await expect(field.locator("tr")).toHaveCount(2);
  await expect(field.locator("[style], [colspan], img:not(.ProseMirror-separator)")).toHaveCount(0);
  await page.keyboard.press("Control+s");
  await expect(page.locator("[data-save-status=saved]").first()).toBeVisible();
});

test("what comes from Word, Excel, Google Docs and VS Code keeps its order, and is taken by the server", async ({
  browser,
}) => {
  const page = await pageOf(browser, "priya");
  const worksheet = await openWorksheet(page, await makeEngagement(page, "Pasting from offices", {}), "8.3.4");
  await page.goto(`/worksheets/${worksheet}`);
  const field = page.getByRole("textbox", { name: "Objective", exact: true });
  const { keyboard } = page;
  const anew = async () => {
    await field.click();
    await keyboard.press("Control+a");
    await keyboard.press("Delete");
  };
  const item = (sign: string, level: number, text: string) =>
    `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><span style='mso-list:Ignore'>${sign}</span>${text}<o:p></o:p></p>`;

  // Word: lists by style alone, numbers that go on, levels without end.
  await anew();
  const levels = [1, 2, 3, 4, 5, 6, 7].map((level) => item("·", level, `level ${level}`)).join("");
  await paste(page, {
    "text/html": `${item("3.", 1, "third")}${item("4.", 1, "fourth")}<p class=MsoNormal><o:p>&nbsp;</o:p></p>${levels}`,
  });
  await expect(field.locator('ol[start="3"] > li')).toHaveText(["third", "fourth"]);
  await expect(field.locator("ul ul ul ul > li")).toHaveText(["level 4", "level 5", "level 6", "level 7"]);
  await keyboard.press("Control+s");
  await expect(page.locator("[data-save-status=saved]").first()).toBeVisible();

  // A label that no list shows stays in the text, and no list is deeper than Word has them.
  await anew();
  await paste(page, { "text/html": `${item("Req. 1:", 1, "one")}${item("(a)", 1_000_000_000, "deep")}` });
  await expect(field.locator("li").first()).toContainText("Req. 1: one");
  await expect(field.locator("li").last()).toHaveText("(a) deep");

  // Excel: cells over several columns and rows keep what stands beside and below them in its column.
  await anew();
  await paste(page, {
    "text/html": `<table><!--StartFragment--><col width=64 span=3><tr><td colspan=3>Keys</td></tr>
      <tr><td rowspan=2>eu</td><td>pan</td><td>AES</td></tr><tr><td>pin</td><td>TDES</td></tr></table>`,
  });
  await expect(field.locator("td")).toHaveText(["Keys", "", "", "eu", "pan", "AES", "", "pin", "TDES"]);

  // A table that is too wide becomes lines in which nothing sticks together; one within a table keeps its caption.
  await anew();
  const wide = `<td>10.0.0.1<br>10.0.0.2</td><td><p><a href="https://a.example/x">policy</a></p></td>${"<td>x</td>".repeat(20)}`;
  await paste(page, { "text/html": `<table><tr>${wide}</tr></table>` });
  await expect(field).toContainText("10.0.0.1 10.0.0.2 | policy | x | x");
  await expect(field.locator("a")).toHaveAttribute("href", "https://a.example/x");
  await anew();
  await paste(page, {
    "text/html":
      "<table><tr><td>out<table><caption>Inner</caption><tr><td>a</td></tr></table></td><td>b</td></tr></table>",
  });
  await expect(field.locator("td p")).toHaveText(["out", "Inner", "a", "b"]);

  // Google Docs: lists beside the items that they belong to, and breaks between paragraphs.
  await anew();
  await paste(page, {
    "text/html": `<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:400">One</span></p><br>
      <ul><li><p>a</p></li><ul><li><p>b</p></li></ul><li><p>c</p></li></ul></b>`,
  });
  await expect(field.locator("strong, br:not(.ProseMirror-trailingBreak)")).toHaveCount(0);
  await expect(field.locator("li li")).toHaveText("b");

  await anew();
  const code = 'resource "aws_kms_key" "pan" {\r\n  enable_key_rotation = true\r\n}\r\n';
  await paste(page, {
    "text/plain": code,
    "text/html": "<div><span>resource</span></div>",
    "vscode-editor-data": '{"version":1,"mode":"terraform"}',
  });
  await expect(field.locator("pre")).toHaveText('resource "aws_kms_key" "pan" {\n  enable_key_rotation = true\n}');

  // An address that is edited leads to what it says.
  await anew();
  await keyboard.type("https://a.example/guide now");
  for (const _ of "de now") await keyboard.press("ArrowLeft");
  await keyboard.type("x");
  await expect(field.locator("a")).toHaveAttribute("href", "https://a.example/guixde");
  await keyboard.press("Control+s");
  await expect(page.locator("[data-save-status=saved]").first()).toBeVisible();
});
