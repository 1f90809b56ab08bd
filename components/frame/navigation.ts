import type { MeDto, OwnEngagementDto } from "@/lib/contracts/session";
import { ASSESSOR_ROLES, type EngagementRole } from "@/lib/domain/access/roles";

/** The name of a page in the rail; icons go by it. */
export type PageName =
  | "engagements"
  | "workbook"
  | "scope"
  | "controls"
  | "review"
  | "trail"
  | "people"
  | "settings"
  | "catalogue"
  | "verify"
  | "organisation";

/** A link of the rail, the bottom bar and the palette. */
export interface NavLink {
  readonly name: PageName;
  readonly label: string;
  readonly href: string;
}

const TRAIL_READERS: readonly EngagementRole[] = [
  "lead",
  "internal_reviewer",
  "qsa_lead",
  "qsa_assistant",
  "isa",
  "officer",
];

const DOORS: readonly string[] = ["/sign-in", "/setup", "/forgot-password"];

/** Addresses that show no frame: one comes through them before one is signed in. */
export function isDoor(pathname: string): boolean {
  return DOORS.includes(pathname) || ["/join/", "/reset/", "/sign-in/"].some((begin) => pathname.startsWith(begin));
}

/** The engagement that an address names, or null. */
export function engagementOf(pathname: string): string | null {
  const [, first, second] = pathname.split("/");
  return first === "engagements" && second !== undefined && second !== "" && second !== "new" ? second : null;
}

/** The pages of one engagement for a person, in the rail's order. What the pages allow is the server's to say. */
export function engagementLinks({ id, roles }: Pick<OwnEngagementDto, "id" | "roles">, me: MeDto): readonly NavLink[] {
  const assessor = roles.some((role) => ASSESSOR_ROLES.includes(role));
  const root = `/engagements/${id}`;
  const links: NavLink[] = [];
  // An admin without a role staffs the engagement and sees nothing of its work.
  if (roles.length > 0) {
    links.push({ name: "workbook", label: "Workbook", href: root });
    // An observer reads what is signed, and neither the scope nor the register is ever that.
    if (roles.some((role) => role !== "observer")) {
      links.push({ name: "scope", label: "Scope & keys", href: `${root}/scope/result` });
      links.push({ name: "controls", label: "Controls", href: `${root}/controls` });
    }
    links.push({ name: "review", label: assessor ? "Desk" : "Review", href: `${root}/review` });
  }
  // The trail is the entity's: its admins read it, an assessor company's admin only by a role of their own.
  const administersEntity = me.organisationRole === "admin" && me.organisation.kind === "entity";
  if (administersEntity || roles.some((role) => TRAIL_READERS.includes(role))) {
    links.push({ name: "trail", label: "Trail", href: `${root}/trail` });
  }
  links.push({ name: "people", label: "People", href: `${root}/people` });
  links.push({ name: "settings", label: "Settings", href: `${root}/settings` });
  return links;
}

/** Whoever was given a pack may have no account, so this is a page for strangers first. */
const VERIFY: NavLink = { name: "verify", label: "Verify a pack", href: "/verify" };

/** The pages outside of any engagement. Without a person only what anyone may read. */
export function generalLinks(me: MeDto | null): readonly NavLink[] {
  const catalogue: NavLink = { name: "catalogue", label: "Catalogue", href: "/catalogue" };
  if (!me) return [catalogue, VERIFY];
  return [
    { name: "engagements", label: "Engagements", href: "/engagements" },
    catalogue,
    { name: "organisation", label: "Organisation", href: "/organisation" },
  ];
}

/** The pages of the catalogue, in their order; the first is the catalogue itself. */
export const CATALOGUE_PAGES = [
  { href: "/catalogue", label: "Requirements" },
  { href: "/catalogue/keys", label: "KMS or CloudHSM?" },
  { href: "/catalogue/claims", label: "Claims" },
  { href: "/catalogue/countervail", label: "How Countervail stands" },
] as const;

/** The thresholds of the checks, and the logo, which everybody of an entity may see. */
const THRESHOLDS_PAGE = { href: "/organisation/rigour", label: "Thresholds" } as const;
const LOGO_PAGE = { href: "/organisation/logo", label: "Logo" } as const;

/** The pages about the controls of an engagement, in their order. How ready it is, is the entity's own to know. */
export function controlPages(
  id: string,
  readiness: boolean,
): readonly { readonly href: string; readonly label: string }[] {
  const root = `/engagements/${id}/controls`;
  return [
    { href: root, label: "Register" },
    { href: `${root}/matrix`, label: "Matrix" },
    { href: `${root}/risks`, label: "Risks" },
    ...(readiness ? [{ href: `${root}/readiness`, label: "Readiness" }] : []),
  ];
}

/** The pages of an organisation for its administrators, in their order; the first is the organisation itself. */
const ORGANISATION_PAGES = [
  { href: "/organisation", label: "People" },
  { href: "/organisation/services", label: "Service accounts" },
  { href: "/organisation/invitations", label: "Invitations" },
  { href: "/organisation/policy", label: "Security policy" },
  { href: "/organisation/sso", label: "Single sign-on" },
  { href: "/organisation/webhooks", label: "Webhooks" },
  { href: "/organisation/sign-ins", label: "Sign-ins" },
  { href: "/organisation/trail", label: "Trail" },
] as const;

/** The pages of one's own organisation. An assessor company writes no worksheets, and so has no thresholds for them and no logo on them. */
export function organisationPages({ organisationRole, organisation }: MeDto) {
  const thresholds = organisation.kind === "entity" ? [THRESHOLDS_PAGE, LOGO_PAGE] : [];
  const [people, ...others] = ORGANISATION_PAGES;
  if (organisationRole === "admin") return [people, ...others.slice(0, 3), ...thresholds, ...others.slice(3)];
  return thresholds.length > 0 ? [people, ...thresholds] : [];
}

/** What the palette finds outside of any engagement: the pages that the catalogue has beneath it too. */
export function paletteLinks(me: MeDto | null): readonly NavLink[] {
  const beneath = CATALOGUE_PAGES.slice(1).map((page): NavLink => ({ ...page, name: "catalogue" }));
  return [...generalLinks(me), ...beneath, ...(me ? [VERIFY] : [])];
}

/** The link of a list that the address belongs to: the longest that begins it. The workbook counts only when it is exact. */
export function activeLink(links: readonly NavLink[], pathname: string): NavLink | null {
  const inside = links.filter(({ name, href }) => {
    if (name === "workbook") return pathname === href;
    if (name === "engagements") return pathname === href || pathname === "/engagements/new";
    const root = name === "scope" ? href.replace(/\/result$/, "") : href;
    return pathname === root || pathname.startsWith(`${root}/`);
  });
  return inside.sort((a, b) => b.href.length - a.href.length)[0] ?? null;
}
