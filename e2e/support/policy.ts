import type { Page } from "@playwright/test";

/**
 * Collects what the browser refuses by a page's policies, and what else it complains of, from now on.
 * @returns the complaints so far, which grow as the page is used
 */
export function watchPolicy(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    if (/polic(y|ies)|refused|blocked|violat/i.test(text)) complaints.push(`${page.url()}: ${text}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  return complaints;
}
