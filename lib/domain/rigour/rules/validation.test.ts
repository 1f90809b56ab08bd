import { describe } from "vitest";
import { control, items, narrative, plays, testOf } from "@/test/rigour";

const at = (field: string) => [`error validation t1.${field}`];
const noTests = items("validation", { tests: [] });

describe("L19, tests that could be repeated", () => {
  plays("L19", [
    ["all said, by somebody else", [], "met"],
    ["no test", [noTests], ["error validation"]],
    ["no tester", [testOf("t1", { tester: "" })], at("tester")],
    ["IT", [testOf("t1", { tester: "IT" })], at("tester")],
    ["the IT department", [testOf("t1", { tester: "the IT department" })], at("tester")],
    ["the team", [testOf("t1", { tester: "Team" })], at("tester")],
    ["a named team", [testOf("t1", { tester: "Payments audit team" })], "met"],
    ["no day", [testOf("t1", { testedOn: "" })], at("testedOn")],
    ["reviewed by IT", [testOf("t1", { method: "Reviewed by IT" })], at("method")],
    ["checked", [testOf("t1", { method: "Checked." })], at("method")],
    ["all as a sample", [testOf("t1", { sample: "all" })], at("sample")],
    ["a counted sample", [testOf("t1", { sample: "3 of 3 keys" })], "met"],
    ["works as intended", [testOf("t1", { result: "Works as intended" })], at("result")],
    ["OK", [testOf("t1", { result: "OK" })], at("result")],
    ["what was seen, in three words", [testOf("t1", { result: "Refused each time." })], "met"],
    ["tbd", [testOf("t1", { result: "tbd" })], at("result")],
    ["not run", [testOf("t1", { outcome: "not_run" })], at("outcome")],
    ["by the owner", [testOf("t1", { tester: "Head of Cloud Platform" })], at("tester")],
    ["by the owner, with a name", [testOf("t1", { tester: "M. Okoye (Head of Cloud Platform)" })], at("tester")],
    ["by the owner and somebody else", [testOf("t1", { tester: "Head of Cloud Platform and internal audit" })], "met"],
    [
      "by audit, which says who it is not",
      [testOf("t1", { tester: "Internal audit (not the Head of Cloud Platform)" })],
      "met",
    ],
    [
      "by the owner of a control that it does not cover",
      [testOf("t1", { tester: "Head of Cloud Platform", controlIds: ["c2"] })],
      ["warning definition c1"],
    ],
    ["a control without a test", [testOf("t1", { controlIds: ["c1"] })], ["warning definition c2"]],
    ["not effective", [testOf("t1", { outcome: "not_effective" })], ["warning validation t1.outcome"]],
    [
      "another language, filled",
      [
        testOf("t1", {
          tester: "Innenrevision",
          method: "Sechs falsche Kennwörter",
          sample: "1 von 2",
          result: "Nach dem fünften gelöscht",
        }),
      ],
      "met",
    ],
    ["another language, filling", [testOf("t1", { result: "entfällt" })], at("result")],
  ]);
});

describe("L20, of the year and after the last change", () => {
  const on = (testedOn: string) => testOf("t1", { testedOn });
  plays("L20", [
    ["two months ago", [], "met"],
    ["365 days ago", [on("2025-11-24"), control("c1", { changedOn: "2025-11-01" })], "met"],
    ["366 days ago", [on("2025-11-23"), control("c1", { changedOn: "2025-11-01" })], at("testedOn")],
    ["today", [on("2026-11-24")], "met"],
    ["tomorrow", [on("2026-11-25")], at("testedOn")],
    ["on the day of the change", [on("2026-10-10"), control("c1", { changedOn: "2026-10-10" })], "met"],
    ["the day before the change", [on("2026-10-09"), control("c1", { changedOn: "2026-10-10" })], at("testedOn")],
    [
      "a change of a control that it does not cover",
      [testOf("t1", { controlIds: ["c2"] }), control("c1", { changedOn: "2026-11-01" })],
      "met",
    ],
    [
      "a test of all, and a change",
      [testOf("t1", { controlIds: [] }), control("c1", { changedOn: "2026-11-01" })],
      at("testedOn"),
    ],
    ["a change that has not come yet", [control("c1", { changedOn: "2026-11-25" })], ["error definition c1.changedOn"]],
    ["no day of a change", [control("c1", { changedOn: undefined })], "met"],
    ["no day of a test", [on("")], "not_applicable"],
    ["no test", [noTests], "not_applicable"],
    [
      "another language",
      [on("2025-01-01"), narrative("validation", "Die Revision hat beide geprüft und nichts gefunden.")],
      at("testedOn"),
    ],
  ]);
  describe("an older test that a newer one replaced", () => {
    const both =
      (older: string): typeof noTests =>
      (subject) => {
        const { tests } = subject.sections.validation.items;
        const more = tests.map((one) => ({ ...one, id: "t0", label: "T0", testedOn: older }));
        return items("validation", { tests: [...more, ...tests] })(subject);
      };
    plays("L20", [
      ["is history", [both("2024-03-01")], "met"],
      ["from before a change is history too", [both("2026-08-01")], "met"],
    ]);
  });
  describe("with a stricter age", () => {
    plays("L20", [["60 days are too old", [], at("testedOn")]], { validationAgeDays: 59 });
  });
});
