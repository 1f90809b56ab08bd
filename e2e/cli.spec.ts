import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { makeEngagement, openWorksheet } from "./support/engagement";
import { PASSWORD, pageOf, sharedApp } from "./support/people";
import { test } from "./support/test";

const PROGRAM = join(import.meta.dirname, "..", "bin", "countervail.mjs");

let engagementId = "";
let home = "";

test.beforeAll(async ({ browser }) => {
  home = await mkdtemp(join(tmpdir(), "countervail-cli-"));
  const admin = await pageOf(browser, "priya");
  engagementId = await makeEngagement(admin, "Drafts in files", { entity: [["aisha", "lead"]] });
  await admin.context().close();
});
test.afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs the program as somebody does at a shell. */
async function countervail(words: readonly string[], { input = "", EDITOR = "false" } = {}) {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    cwd: home,
    env: { PATH, HOME: home, EDITOR } as unknown as NodeJS.ProcessEnv,
  });
  let [out, notes] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    notes += String(chunk);
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, out, notes };
}

/** An editor that replaces a text by another. @returns its command */
async function editor(name: string, from: string, to: string): Promise<string> {
  const path = join(home, `${name}.mjs`);
  const program = `import { readFileSync, writeFileSync } from "node:fs";
const file = process.argv.at(-1);
writeFileSync(file, readFileSync(file, "utf8").replace(${JSON.stringify(from)}, ${JSON.stringify(to)}));
`;
  await writeFile(path, program);
  await chmod(path, 0o755);
  return `"${process.execPath}" "${path}"`;
}

async function makeToken(page: Page, name: string): Promise<string> {
  await page.goto("/account");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Make a token" }).click();
  const dialog = page.getByRole("dialog", { name: "Make an API token" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("radio", { name: /write/i }).check();
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const again = page.getByRole("dialog", { name: "Show again that it is you" });
  await again.getByLabel("Your password").fill(PASSWORD);
  await again.getByRole("button", { name: "Confirm" }).click();
  const shown = page.getByRole("dialog", { name: `The token “${name}”` });
  const token = await shown.getByRole("textbox", { name: "Token" }).inputValue();
  await shown.getByLabel("I have kept it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  return token;
}

const SAVED = "[data-save-status=saved]";
const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });

test("a draft is pulled, edited and pushed, meets what somebody saved meanwhile, and is solved", async ({
  browser,
}) => {
  const page = await pageOf(browser, "aisha");
  const worksheetId = await openWorksheet(page, engagementId, "12.1.1");
  const { url } = sharedApp();
  const signedIn = await countervail(["login", url, "--token-stdin"], {
    input: await makeToken(page, "Drafts in git"),
  });
  expect(signedIn, signedIn.notes).toMatchObject({ code: 0 });
  expect((await countervail(["list", "--engagement", "Drafts in files"])).out).toContain("12.1.1");

  const first = await editor("first", "## Objective\n", "## Objective\n\nWritten in a **file**.\n");
  const pushed = await countervail(["edit", "12.1.1", "--engagement", engagementId], { EDITOR: first });
  expect(pushed, pushed.notes).toMatchObject({ code: 0, out: expect.stringContaining("sent: Objective") });
  await page.goto(`/worksheets/${worksheetId}`);
  await expect(field(page, "Objective")).toContainText("Written in a file.");

  const file = join(home, "12.1.1.md");
  const pulled = await countervail(["pull", worksheetId]);
  expect(pulled, pulled.notes).toMatchObject({ code: 0 });
  await field(page, "Objective").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(" And on the page.");
  await page.keyboard.press("Control+s");
  await expect(page.locator(SAVED).first()).toBeVisible();
  await writeFile(file, (await readFile(file, "utf8")).replace("Written in a **file**.", "Written anew."));
  const conflict = await countervail(["push", file]);
  expect([conflict.code, conflict.notes]).toEqual([1, expect.stringContaining("conflict in “Objective”")]);
  const marked = await readFile(file, "utf8");
  expect(marked).toMatch(
    /\nWritten anew\.\n=======\nWritten in a \*\*file\*\*\. And on the page\.\n>>>>>>> the server's version \d+, saved by Aisha/,
  );
  expect(await readFile(`${file}.orig`, "utf8")).toContain("Written anew.");
  expect((await countervail(["push", file])).notes).toContain("still marked");

  const solved = marked.replace(/<<<<<<< [\s\S]*>>>>>>> [^\n]*/, "Written anew, and on the page.");
  await writeFile(file, solved);
  const sent = await countervail(["push", file]);
  expect(sent, sent.notes).toMatchObject({ code: 0, out: expect.stringContaining("sent: Objective") });
  await page.reload();
  await expect(field(page, "Objective")).toContainText("Written anew, and on the page.");
});

test("an engagement and a worksheet are exported, whole or not at all", async ({ browser }) => {
  const page = await pageOf(browser, "aisha");
  const worksheetId = await openWorksheet(page, engagementId, "12.1.2");
  const login = await countervail(["login", sharedApp().url, "--token-stdin"], {
    input: await makeToken(page, "Exports"),
  });
  expect(login, login.notes).toMatchObject({ code: 0 });
  const one = await countervail(["export", worksheetId, "--format", "pdf", "-o", "one.pdf"]);
  expect(one, one.notes).toMatchObject({ code: 0 });
  const workbook = await countervail(["export", "Drafts in files", "--format", "pdf", "-o", "all.pdf"]);
  expect(workbook, workbook.notes).toMatchObject({ code: 0 });
  const table = await countervail(["export", "Drafts in files", "--format", "csv", "-o", "table.csv"]);
  expect(table, table.notes).toMatchObject({ code: 0 });
  for (const name of ["one.pdf", "all.pdf"]) {
    expect((await readFile(join(home, name))).subarray(0, 5).toString()).toBe("%PDF-");
  }
  expect(await readFile(join(home, "table.csv"), "utf8")).toContain("12.1.2");
  const again = await countervail(["export", worksheetId, "--format", "pdf", "-o", "one.pdf"]);
  expect([again.code, again.notes]).toEqual([1, expect.stringContaining("is there already")]);
  const preview = await countervail(["import-table", "Drafts in files", "table.csv", "--preview"]);
  expect(preview, preview.notes).toMatchObject({ code: 0, notes: expect.stringContaining("0 rows would change") });
});
