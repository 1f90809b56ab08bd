import { expect } from "@playwright/test";
import { ask } from "./support/api";
import { expectFineState } from "./support/axe";
import { meetCriteria } from "./support/criteria";
import { makeEngagement, move, stepUp, writeWorksheet } from "./support/engagement";
import { NEW_PASSWORD, newcomer } from "./support/newcomer";
import { addDevice } from "./support/passkeys";
import { pageOf } from "./support/people";
import { test } from "./support/test";

test("a passkey signs the statement itself, and the page says who signed", async ({ browser }) => {
  const [lead, firm] = [await pageOf(browser, "priya"), await pageOf(browser, "grace")];
  const { page } = await newcomer(browser, firm, "Vera Quill", "vera.quill@harrow.example");
  const id = await makeEngagement(lead, "Signed by a passkey", {
    assessor: { admin: firm, people: [["vera", "qsa_lead"]] },
  });
  const worksheet = await writeWorksheet(lead, id, "8.3.4");
  await move(lead, worksheet, "submit");

  await addDevice(page);
  await stepUp(page, NEW_PASSWORD);
  await page.goto("/account");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Name of the passkey").fill("Vera’s key");
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await expect(page.getByRole("list", { name: "Passkeys" })).toContainText("Vera’s key");

  await meetCriteria(page, worksheet);
  await page.goto(`/worksheets/${worksheet}/review`);
  await page.waitForLoadState("networkidle");
  await page.getByRole("region", { name: "Decision" }).getByRole("button", { name: "Sign" }).click();
  const signing = page.getByRole("dialog", { name: "Sign this worksheet" });
  await expect(signing).toContainText("It signs this very statement, beside the system.");
  await expect(signing).toContainText("For Harrow Assurance I have read revision 1");
  await expectFineState(page, "signing by a passkey");
  await signing.getByRole("button", { name: "Sign revision r1" }).click();
  await expect(signing).toBeHidden();
  const decision = page.getByRole("region", { name: "Sign-off" }).getByRole("article").first();
  await expect(decision).toContainText("Signed by Vera Quill");
  await expect(decision).toContainText("Signed by the person's passkey and by the system");
  const { signOffs } = await ask<{ signOffs: { statementSha256: string }[] }>(page, "GET", `/worksheets/${worksheet}`);
  await expect(decision).toContainText(signOffs[0]?.statementSha256.slice(0, 8) ?? "no digest");

  // Taking it back is a statement too, by the same passkey.
  await page.getByRole("button", { name: "Revoke signature" }).click();
  const revoking = page.getByRole("dialog", { name: /^Revoke signature/ });
  await revoking.getByLabel("Reason").fill("The log was another system's.");
  await expect(revoking).toContainText("It signs the statement, beside the system.");
  await expectFineState(page, "revoking by a passkey");
  await revoking.getByRole("button", { name: "Revoke signature" }).click();
  await expect(revoking).toBeHidden();
  await expect(decision).toContainText("Signature revoked by Vera Quill");
  await expect(decision).toContainText("Signed by the person's passkey and by the system");
});
