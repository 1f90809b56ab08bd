import type { FieldGuidance, ItemField } from "@/lib/domain/worksheet/fields/names";

/** The fields of a test. */
export const TEST_FIELDS: Readonly<Record<ItemField<"test">, FieldGuidance>> = {
  "test.tester": {
    asks: "Who tested, by name and post. It is not the person who runs the control or owns it.",
    criticised: "“Reviewed by IT”, and the owner who tests what they built.",
    good: "Priya N., internal audit",
    poor: "IT department",
    sources: ["criticism", "practice"],
  },
  "test.testedOn": {
    asks: "The day of the test: after the last change of what it tests, and within the time that is assessed.",
    criticised: "Last year's day, or a test from before the control was changed.",
    good: "Two weeks after the last deployment, within this assessment's period.",
    poor: "The day on which the control was put in place.",
    sources: ["practice"],
  },
  "test.method": {
    asks: "What was done, step by step, so that somebody else would do the same: tried out, read out, asked for. Include the case that must fail.",
    criticised: "“Verified that the control works”, and tests of the good case alone.",
    good: "Six wrong sign-ins with each of the two users in the live account; then one with the right password, which must be refused.",
    poor: "Review of the configuration",
    sources: ["appendixC", "practice"],
  },
  "test.sample": {
    asks: "What was tested out of how much, and how it was chosen. All of it, where it is small.",
    criticised: "No number, or only the one system that was sure to pass.",
    good: "Both emergency users of both accounts; nobody else can sign in there.",
    poor: "A representative sample",
    sources: ["practice"],
  },
  "test.outcome": {
    asks: "What came of it, in one word. What found something is “effective with findings”, and the result says which.",
    criticised: "“Effective” beside a result that tells of a failure.",
    good: "Effective with findings: one alert came eleven minutes late.",
    poor: "Effective, although one of four locks did not come.",
    sources: ["practice"],
  },
  "test.result": {
    asks: "What was seen: figures, times, names of the records. What went wrong, and what was done about it.",
    criticised: "The hoped-for result, word for word the same as the method.",
    good: "Both users were locked after the fifth try, within 95 seconds; the page to the operations centre came after two minutes. Extracts of the log are attached.",
    poor: "The control works as intended.",
    sources: ["appendixC", "practice"],
  },
  "test.controlIds": {
    asks: "The controls that the test shows something of. Each control needs a test of its own working.",
    criticised: "A control without a test; one test for everything.",
    good: "C1 alone, since the test never reached C2.",
    poor: "All controls, by an interview.",
    sources: ["appendixC"],
  },
};
