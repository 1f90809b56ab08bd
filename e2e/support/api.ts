import { expect, type Page } from "@playwright/test";
import { withQuery } from "@/lib/client/query";
import { sharedApp } from "./people";

/** The origin of the app that a page is at, or before it is at any, of the one that the specs share. */
export function originOf(page: Page): string {
  const url = page.url();
  return new URL(url === "about:blank" ? sharedApp().url : url).origin;
}

/** Asks the API as the page's person; the reply has to be a success. */
export async function ask<T>(
  page: Page,
  method: "GET" | "POST" | "PUT" | "PATCH",
  path: string,
  body?: unknown,
): Promise<T> {
  const origin = originOf(page);
  const reply = await page.request.fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { Origin: origin },
    ...(body === undefined ? {} : { data: body }),
  });
  const text = await reply.text();
  expect(reply.ok(), `${method} ${path} → ${reply.status()} ${text.slice(0, 300)}`).toBe(true);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** What the demo's engagement on 4.0.1 is called; other specs give its people further ones. */
export const DEMO_ENGAGEMENT = /^PCI DSS 4\.0\.1 ROC /;

interface Named {
  readonly id: string;
  readonly name: string;
}

interface NamedPage {
  readonly items: readonly Named[];
  readonly nextCursor: string | null;
}

/** The engagement of a name, as the page's person sees it. */
export async function engagementNamed(page: Page, name: RegExp): Promise<Named> {
  const all: Named[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const path = withQuery("/engagements", { limit: 50, cursor });
    const { items, nextCursor }: NamedPage = await ask(page, "GET", path);
    const found = items.find((one) => name.test(one.name));
    if (found) return found;
    all.push(...items);
    cursor = nextCursor;
  }
  throw new Error(`No engagement is called ${name}; there are ${all.map((one) => one.name).join(", ")}.`);
}
