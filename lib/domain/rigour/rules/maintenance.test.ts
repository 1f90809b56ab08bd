import { describe, expect } from "vitest";
import { emptySections } from "@/lib/domain/worksheet/empty";
import { control, edited, facts, items, narrative, plays, requirement, task } from "@/test/rigour";

const at = (field: string) => [`error maintenance m1.${field}`];

describe("L22, tasks that keep the controls working", () => {
  const more = (patch: object) => (subject: ReturnType<typeof edited>) => {
    const { tasks } = subject.sections.maintenance.items;
    return items("maintenance", {
      tasks: [...tasks, ...tasks.map((one) => ({ ...one, id: "m2", label: "M2", ...patch }))],
    })(subject);
  };
  plays("L22", [
    ["all said", [], "met"],
    ["no task", [items("maintenance", { tasks: [] })], ["error maintenance"]],
    ["no owner", [task("m1", { owner: "" })], at("owner")],
    ["IT", [task("m1", { owner: "IT" })], at("owner")],
    ["everybody", [task("m1", { owner: "Everyone" })], at("owner")],
    ["a role", [task("m1", { owner: "Key Manager" })], "met"],
    ["when needed", [task("m1", { frequency: "when needed" })], at("frequency")],
    ["ad hoc", [task("m1", { frequency: "Ad-hoc" })], at("frequency")],
    ["regularly", [task("m1", { frequency: "Regularly." })], at("frequency")],
    ["as required", [task("m1", { frequency: "as required" })], at("frequency")],
    ["every Monday", [task("m1", { frequency: "Every Monday" })], "met"],
    ["daily, as required by 10.4.1", [task("m1", { frequency: "Daily, as required by 10.4.1" })], "met"],
    ["no monitoring", [task("m1", { monitoring: "-" })], at("monitoring")],
    ["nothing on failure", [task("m1", { onFailure: "tbd" })], at("onFailure")],
    ["no trigger", [task("m1", { onChange: undefined })], at("onChange")],
    ["an empty trigger", [task("m1", { onChange: "" })], at("onChange")],
    [
      "a trigger in older words",
      [task("m1", { onChange: undefined, frequency: "Quarterly and after every change to the rule" })],
      "met",
    ],
    ["a second task without a trigger", [more({ onChange: "" })], ["info maintenance m2.onChange"]],
    ["another language, filled", [task("m1", { owner: "Leiterin Plattform", frequency: "vierteljährlich" })], "met"],
    ["another language, filling", [task("m1", { owner: "keine" })], at("owner")],
  ]);
});

describe("L23, an end in sight, and no mere copy", () => {
  const due = (reviewDue: string) => items("maintenance", { reviewDue });
  const late = ["warning maintenance reviewDue"];
  const { sections } = edited();
  const from = (kind: "sample" | "worksheet", copied = sections) =>
    facts({ copiedFrom: { kind, title: "Entry A", sections: copied } });
  /** Emptied, begun from something that says nothing of it, and then the first text is there again. */
  const begunAnew = (kind: "sample" | "worksheet") =>
    facts({
      copiedFrom: { kind: "worksheet", title: "Entry B", sections: emptySections() },
      copiedBefore: [{ kind, title: "Entry A", sections }],
    });
  const OTHER =
    "Seventeen gateways speak with the bank over leased lines, whose routers keep neither users nor passwords.";
  const anew = (["constraints", "definition", "objective", "identifiedRisk", "validation", "maintenance"] as const).map(
    (section) => narrative(section, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER),
  );
  plays("L23", [
    ["within the year, with a plan", [], "met"],
    ["no review", [due("")], late],
    ["the review was due yesterday", [due("2026-11-23")], late],
    ["today", [due("2026-11-24")], "met"],
    ["in twelve months", [due("2027-11-24")], "met"],
    ["a day later than that", [due("2027-11-25")], late],
    ["no plan", [items("maintenance", { exitPlan: "" })], ["info maintenance exitPlan"]],
    ["a sample as it came", [from("sample")], ["error whole"]],
    ["a copied worksheet as it came", [from("worksheet")], ["error whole"]],
    ["a sample written anew", [...anew, from("sample")], "met"],
    ["a sample as it came, begun anew from something else since", [begunAnew("sample")], ["error whole"]],
    [
      "a copied worksheet, of which one section is left after it was begun anew from something else",
      [...anew.filter((_one, at) => at !== 2), begunAnew("worksheet")],
      [expect.stringMatching(/^warning objective “/)] as unknown as string[],
    ],
    [
      "a sample, of which one section was written anew",
      [narrative("objective", OTHER), from("sample")],
      ["constraints", "definition", "identifiedRisk", "validation", "maintenance"].map((section) =>
        expect.stringMatching(new RegExp(`^warning ${section} “`)),
      ) as unknown as string[],
    ],
    [
      "last year's worksheet with new days",
      [from("worksheet", edited(items("maintenance", { reviewDue: "2025-11-24" })).sections)],
      ["constraints", "definition", "objective", "identifiedRisk", "validation", "maintenance"].map((section) =>
        expect.stringMatching(new RegExp(`^warning ${section} “`)),
      ) as unknown as string[],
    ],
    [
      "a copy in another language",
      [...anew, from("worksheet"), narrative("objective", "Niemand errät ein Kennwort.")],
      "met",
    ],
    ["3.2.1 as well", [requirement("3.2.1", "8.1.6"), due("")], late],
    [
      "changed days alone are no new text",
      [
        control("c1", { changedOn: "2026-01-01" }),
        from("sample", edited(control("c1", { changedOn: "2026-01-02" })).sections),
      ],
      ["error whole"],
    ],
  ]);
  describe("with a shorter year", () => {
    plays("L23", [["the review is too far away", [due("2027-05-25")], late]], { reviewMonths: 6 });
  });
});
