import { describe, expect, it } from "vitest";
import {
  activeLink,
  engagementLinks,
  engagementOf,
  generalLinks,
  isDoor,
  paletteLinks,
} from "@/components/frame/navigation";
import type { MeDto } from "@/lib/contracts/session";
import type { EngagementRole } from "@/lib/domain/access/roles";

const me = (...roles: EngagementRole[]): MeDto => ({
  id: "p",
  name: "Ada",
  email: "ada@example.org",
  organisation: { id: "o", name: "Meridian", kind: "entity" },
  organisationRole: "member",
  engagements: [{ id: "e1", name: "ROC", standardVersion: "4.0.1", roles }],
  moreEngagements: false,
  singleSignOn: null,
  steppedUpUntil: null,
});

describe("navigation", () => {
  it("knows doors and engagements by the address", () => {
    expect(isDoor("/join/abc")).toBe(true);
    expect(isDoor("/engagements")).toBe(false);
    expect(engagementOf("/engagements/e1/scope/result")).toBe("e1");
    expect(engagementOf("/engagements/new")).toBeNull();
    expect(engagementOf("/engagements")).toBeNull();
  });

  it("calls the review the desk for assessors and hides the trail from those who may not read it", () => {
    const labels = (...roles: EngagementRole[]) =>
      engagementLinks({ id: "e1", roles }, me(...roles)).map(({ label }) => label);
    expect(labels("qsa_lead")).toContain("Desk");
    expect(labels("lead")).toContain("Review");
    expect(labels("contributor")).not.toContain("Trail");
    expect(labels("internal_reviewer")).toContain("Trail");
  });

  it("keeps the scope from those who only observe", () => {
    const names = (...roles: EngagementRole[]) =>
      engagementLinks({ id: "e1", roles }, me(...roles)).map(({ name }) => name);
    expect(names("observer")).not.toContain("scope");
    expect(names("observer")).not.toContain("controls");
    expect(names("observer", "contributor")).toEqual(expect.arrayContaining(["scope", "controls"]));
  });

  it("shows an admin without a role what can be administered", () => {
    const admin: MeDto = { ...me(), organisationRole: "admin", engagements: [] };
    expect(engagementLinks({ id: "e2", roles: [] }, admin).map(({ label }) => label)).toEqual([
      "Trail",
      "People",
      "Settings",
    ]);
    const firm: MeDto = { ...admin, organisation: { id: "f", name: "Harrow", kind: "assessor" } };
    expect(engagementLinks({ id: "e2", roles: [] }, firm).map(({ label }) => label)).toEqual(["People", "Settings"]);
  });

  it("marks the nearest link", () => {
    const links = [...engagementLinks({ id: "e1", roles: ["lead"] }, me("lead")), ...generalLinks(me("lead"))];
    const at = (path: string) => activeLink(links, path)?.name;
    expect(at("/engagements/e1")).toBe("workbook");
    expect(at("/engagements/e1/scope")).toBe("scope");
    expect(at("/engagements/e1/scope/result")).toBe("scope");
    expect(at("/engagements/e1/controls/matrix")).toBe("controls");
    expect(at("/engagements/e1/people")).toBe("people");
    expect(at("/catalogue/4.0.1/8.3.4")).toBe("catalogue");
    expect(at("/engagements")).toBe("engagements");
    expect(at("/account")).toBeUndefined();
  });

  it("finds the pages beneath the catalogue in the palette alone", () => {
    const found = paletteLinks(null).map(({ label, href }) => [label, href]);
    expect(found).toEqual([
      ["Catalogue", "/catalogue"],
      ["Verify a pack", "/verify"],
      ["KMS or CloudHSM?", "/catalogue/keys"],
      ["Claims", "/catalogue/claims"],
      ["How Countervail stands", "/catalogue/countervail"],
    ]);
    expect(generalLinks(me("lead")).map(({ label }) => label)).not.toContain("Claims");
  });

  it("offers strangers the catalogue, and to verify what they were given", () => {
    expect(generalLinks(null).map(({ href }) => href)).toEqual(["/catalogue", "/verify"]);
    expect(paletteLinks(me("lead")).map(({ href }) => href)).toContain("/verify");
  });
});
