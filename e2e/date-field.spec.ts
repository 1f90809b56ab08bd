import { expect } from "@playwright/test";
import { DEMO_ENGAGEMENT, engagementNamed } from "./support/api";
import { signIn } from "./support/people";
import { test } from "./support/test";

test("a day is typed, picked, and taken out again, and Escape closes the calendar alone", async ({ page }) => {
  await signIn(page, "priya");
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  await page.goto(`/engagements/${id}/trail`);
  const from = page.getByRole("textbox", { name: "From", exact: true });
  const calendar = page.getByRole("button", { name: "Next month" });

  await from.fill("9/12/2026");
  await expect(page).toHaveURL(/from=2026-12-09/);
  await from.blur();
  await expect(from).toHaveValue("9 Dec 2026");
  await expect(calendar).toBeHidden();

  await from.click();
  await calendar.click();
  await page.getByRole("button", { name: "12 January 2027" }).click();
  await expect(from).toHaveValue("12 Jan 2027");
  await expect(page).toHaveURL(/from=2027-01-12/);

  await page.getByRole("button", { name: "Clear the date" }).click();
  await expect(from).toHaveValue("");
  await expect(page).not.toHaveURL(/from=/);

  await from.click();
  await expect(calendar).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(calendar).toBeHidden();
  await expect(from).toBeFocused();
  await from.fill("31 Feb 2026");
  await from.blur();
  await expect(page.getByText("Not a day. Write it as 12 Dec 2026.")).toBeVisible();
});
