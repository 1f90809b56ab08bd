import type { Page } from "@playwright/test";
import { ask, DEMO_ENGAGEMENT, engagementNamed } from "./api";

const PUBLIC = [
  "/sign-in",
  "/sign-in/done?for=step_up&sso=away",
  "/catalogue",
  "/catalogue/3.2.1/3.6.6",
  "/catalogue/4.0.1/3.7.6",
  "/catalogue/samples/8.1.6",
  "/catalogue/claims",
  "/catalogue/keys",
  "/catalogue/countervail",
  "/verify",
  "/docs/api",
  "/setup",
  "/join/no-such-invitation",
  "/forgot-password",
  "/reset/no-such-link",
  "/no-such-page",
];

const ADMINISTRATORS = [
  "",
  "/services",
  "/invitations",
  "/policy",
  "/rigour",
  "/sso",
  "/webhooks",
  "/sign-ins",
  "/trail",
].map((end) => `/organisation${end}`);

/** The pages about controls that both sides read. */
const CONTROLS = ["/controls", "/controls/matrix", "/controls/risks"];

/** The worksheets of the demo's engagement, by state; the demo has one in each. */
async function worksheetsOf(page: Page): Promise<{
  id: string;
  inState: (state: string) => string | undefined;
  ofKind: (kind: string) => string | undefined;
}> {
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  type Item = { readonly id: string; readonly state: string; readonly kind: string };
  const { items } = await ask<{ items: Item[] }>(page, "GET", `/engagements/${id}/worksheets`);
  const ccw = items.filter(({ kind }) => kind === "ccw");
  return {
    id,
    inState: (state) => ccw.find((one) => one.state === state)?.id,
    ofKind: (kind) => items.find((one) => one.kind === kind)?.id,
  };
}

async function entityPages(page: Page): Promise<string[]> {
  const { id } = await engagementNamed(page, DEMO_ENGAGEMENT);
  return [
    "/engagements",
    "/engagements/new",
    ...[
      "",
      "/scope",
      "/scope/result",
      "/people",
      "/settings",
      "/review",
      "/trail",
      ...CONTROLS,
      "/controls/readiness",
    ].map((end) => `/engagements/${id}${end}`),
  ];
}

async function writersPages(page: Page): Promise<string[]> {
  const { inState, ofKind } = await worksheetsOf(page);
  return [
    `/worksheets/${inState("draft")}`,
    `/worksheets/${inState("signed")}`,
    `/worksheets/${inState("signed")}/review`,
    `/worksheets/${inState("draft")}/rigour`,
    `/worksheets/${ofKind("risk_analysis")}`,
    "/organisation",
    "/organisation/rigour",
    "/organisation/logo",
    "/account",
    "/account/sign-ins",
  ];
}

async function legacyPages(page: Page): Promise<string[]> {
  const { id } = await engagementNamed(page, /3\.2\.1|legacy/i);
  return [`/engagements/${id}`, `/engagements/${id}/scope/result`];
}

async function assessorPages(page: Page): Promise<string[]> {
  const { id, inState, ofKind } = await worksheetsOf(page);
  const ends = ["", "/review", ...CONTROLS];
  const inReview = `/worksheets/${inState("qsa_review")}`;
  return [
    ...ends.map((end) => `/engagements/${id}${end}`),
    `${inReview}/review`,
    `${inReview}/rigour`,
    `/worksheets/${ofKind("customized_approach")}/review`,
  ];
}

/** The pages of the app, by who looks at them: the addresses are found once that person is signed in. */
export const EVERY_PAGE: readonly {
  readonly whose: string;
  /** The demo account; null is nobody. */
  readonly name: string | null;
  readonly find: (page: Page) => Promise<string[]>;
}[] = [
  { whose: "the public pages", name: null, find: async () => PUBLIC },
  { whose: "the entity's pages of an engagement", name: "aisha", find: entityPages },
  { whose: "the entity's pages of worksheets and of one's own", name: "aisha", find: writersPages },
  { whose: "the pages of an engagement on 3.2.1", name: "tomasz", find: legacyPages },
  { whose: "the assessor's pages", name: "samuel", find: assessorPages },
  { whose: "the administrator's pages", name: "priya", find: async () => ADMINISTRATORS },
];
