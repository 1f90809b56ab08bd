import { describe } from "vitest";
import { control, facts, firesOn, gate, narrative, plays, quietOn, requirement } from "@/test/rigour";

const gap = requirement("4.0.1", "10.3.4");
const WHY = "AWS raises no alarm when a stored log file fails validation, so no setting does it.";
const GREEK = "Η σάρωση του δεύτερου τριμήνου δεν έγινε εγκαίρως και το μέτρο αυτό πρέπει να την αναπληρώσει.";
const GERMAN = "Der Scan im zweiten Quartal wurde nicht durchgeführt, und diese Maßnahme soll das ausgleichen.";

describe("L07, no plain configuration gap", () => {
  plays("L07", [
    ["no gap, and nothing to switch on", [], "met"],
    ["not answered, and no gap", [gate({ switchable: null })], "unanswered"],
    ["a gap without a reason", [gap], ["error whole"]],
    ["a gap with a reason", [gap, gate({ whyNotSwitchedOn: WHY })], "met"],
    ["a gap with filling", [gap, gate({ whyNotSwitchedOn: "n/a" })], ["error whole"]],
    ["a gap with less than a reason", [gap, gate({ whyNotSwitchedOn: "Not possible." })], ["error whole"]],
    [
      "a gap with cost as the reason",
      [gap, gate({ whyNotSwitchedOn: "It would be too expensive this year." })],
      ["error whole"],
    ],
    ["no gap, but a setting exists", [gate({ switchable: true })], ["error whole"]],
    [
      "a reason in another language counts",
      [gap, gate({ whyNotSwitchedOn: "Es gibt dafür keine Einstellung bei AWS." })],
      "met",
    ],
    ["10.5 of 3.2.1 is a gap", [requirement("3.2.1", "10.5")], ["error whole"]],
    ["10.5.1 of 4.0.1 is one by another row", [requirement("4.0.1", "10.5.1")], ["error whole"]],
    ["10.5 of 4.0.1 is none", [requirement("4.0.1", "10.5")], "met"],
    ["8.2 of 3.2.1 is a gap, 8.2.2 of 4.0.1 is none", [requirement("4.0.1", "8.2.2")], "met"],
  ]);
});

describe("L08, no stored sensitive authentication data", () => {
  plays("L08", [
    ["another requirement, and answered", [], "met"],
    ["the requirement itself", [requirement("4.0.1", "3.3.1.2")], ["error whole"]],
    ["the requirement itself in 3.2.1", [requirement("3.2.1", "3.2.1")], ["error whole"]],
    ["3.2.1 of 4.0.1 is retention, and another thing", [requirement("4.0.1", "3.2.1")], "met"],
    ["answered yes", [gate({ storedSad: true })], ["error whole"]],
    ["not answered", [gate({ storedSad: null })], "unanswered"],
    [
      "the text says so",
      [narrative("constraints", "The call recorder stores the CVV2 of each caller for 30 days after authorisation.")],
      ["error constraints “stores the CVV2 of each caller for 30 days”"],
    ],
    ["the text denies it", [narrative("constraints", "No CVV2 is stored after authorisation.")], "met"],
    [
      "the text says it is deleted",
      [narrative("constraints", "Track data is held in memory and purged after authorisation.")],
      "met",
    ],
    ["a text in another language, and answered", [narrative("constraints", GERMAN)], "language"],
  ]);
});

describe("L09, no missed task", () => {
  const says = (text: string) => [narrative("constraints", text)];
  describe("what tells of a missed task", () => {
    firesOn("L09", "constraints", [
      "The quarterly scan of Q2 2026 was missed.",
      "The external vulnerability scan was not performed in the second quarter.",
      "In spring the access reviews were skipped because of the reorganisation.",
      "We forgot to run the internal scans in March.",
      "The penetration test for 2025 was carried out two months late.",
      "The key rotation due in January has not been done.",
      "No ASV scan took place between April and June.",
      "The team failed to perform the firewall rule review in May.",
      "This control is to make up for the missed review of last year.",
      "The annual training lapsed in 2025.",
      "The yearly review is overdue since August.",
      "The keys were not rotated in 2025.",
      "Because the responsible person had left, nobody carried out the log reviews in July and August.",
      "The half-yearly rule set review did not take place in the first half of the year.",
      "Internal scans for Q1 and Q2 were overlooked.",
      "Due to staff changes the semi-annual segmentation test was not completed on time.",
      "The file integrity comparison was not run for six weeks.",
      "We missed the deadline for the quarterly scan.",
      "The risk analysis of 2025 was done four months late.",
      "The access review scheduled for March 2026 did not happen.",
      "Patches of April were not installed within a month because the review had been skipped.",
      "Daily log reviews had been suspended from May to July.",
      "The May scan was missed.",
      "The access review due in may 2026 was not carried out.",
      "The reviews of April and may were not performed.",
    ]);
  });
  describe("what does not", () => {
    quietOn("L09", "constraints", [
      "A missed heartbeat raises an alarm within five minutes.",
      "If a scan is missed, a ticket opens by itself and pages the lead.",
      "No scan was missed in the period.",
      "The library uses late binding and skip lists.",
      "Reviews cannot be skipped, because the ticket closes only with a signature.",
      "The device does not support agents, and its firmware cannot be updated.",
      "Tests should be repeated when a run was skipped.",
      "The scanner was not changed during the test.",
      "Late changes to the rule set are reviewed by two people.",
      "The vendor does not release patches any more.",
      "All four quarterly scans were performed on time.",
      "A job that reports late is treated as failed.",
      "Digests are checked hourly, so that a missing one is noticed at once.",
      "The last review was on 3 May 2026, and none was late.",
      "A scan may have been missed when the link was down, which the monitor shows.",
    ]);
    plays("L09", [
      ["a good worksheet", [], "met"],
      ["a task in the maintenance", [narrative("maintenance", "A missed review opens an incident.")], "met"],
      ["answered yes", [gate({ missedActivity: true })], ["error constraints"]],
      ["not answered", [gate({ missedActivity: null })], "unanswered"],
    ]);
  });
  describe("in another language", () => {
    plays("L09", [
      ["Greek", says(GREEK), "language"],
      ["German", says(GERMAN), "language"],
      ["German, and answered yes", [...says(GERMAN), gate({ missedActivity: true })], ["error constraints"]],
      ["English that is said to be French", [facts({ language: "fr" })], "language"],
      [
        "one paragraph in German",
        [narrative("definition", "C1 locks the user after the fifth attempt.", GERMAN)],
        "language",
      ],
    ]);
  });
});

describe("L10, not with the customized approach", () => {
  const both = facts({ customizedApproach: true });
  plays("L10", [
    ["the defined approach", [], "met"],
    ["both for one requirement", [both], ["error whole"]],
    ["3.2.1 knows no customized approach", [both, requirement("3.2.1", "8.1.6")], "not_applicable"],
    ["a self-assessment without it", [facts({ assessmentType: "SAQ" })], "met"],
    ["a self-assessment with it", [facts({ assessmentType: "SAQ" }), both], ["error whole"]],
    [
      "the word in the objective is no matter",
      [narrative("objective", "This equals the customized approach objective.")],
      "met",
    ],
    [
      "the word in a control is no matter",
      [control("c1", { description: "Also fits the customized approach." })],
      "met",
    ],
    ["a text in another language", [both, narrative("constraints", GERMAN)], ["error whole"]],
  ]);
});
