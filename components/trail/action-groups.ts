import type { FilterGroup } from "@/components/trail/trail-filter-bar";
import { AUDIT_ACTIONS, AUDIT_EVENTS } from "@/lib/domain/audit/event-labels";

const GROUPS: readonly { readonly group: string; readonly kinds: readonly string[]; readonly ofEngagement: boolean }[] =
  [
    { group: "Worksheets", kinds: ["worksheet", "section", "evidence", "revision", "export"], ofEngagement: true },
    { group: "Threads", kinds: ["thread", "comment"], ofEngagement: true },
    { group: "Engagement", kinds: ["engagement", "assessor", "scope", "disposition", "trail"], ofEngagement: true },
    {
      group: "People and sign-in",
      kinds: [
        "organisation",
        "invitation",
        "person",
        "policy",
        "sso",
        "password",
        "session",
        "factor",
        "recovery_codes",
        "access",
      ],
      ofEngagement: false,
    },
  ];

/** The events that one can filter by, under a few headings; for an engagement only those that happen in one. */
export function actionGroups(place: "engagement" | "organisation"): readonly FilterGroup[] {
  return GROUPS.filter(({ ofEngagement }) => ofEngagement || place === "organisation").map(({ group, kinds }) => ({
    group,
    items: AUDIT_ACTIONS.filter((action) => kinds.includes(action.split(".")[0] ?? "")).map((action) => ({
      value: action,
      label: AUDIT_EVENTS[action].label,
    })),
  }));
}
