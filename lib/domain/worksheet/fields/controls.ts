import type { FieldGuidance, ItemField } from "@/lib/domain/worksheet/fields/names";

/** The fields of a control. */
export const CONTROL_FIELDS: Readonly<Record<ItemField<"control">, FieldGuidance>> = {
  "control.title": {
    asks: "What the control does, in a few words that fit this one only. The text and the tests call it by its label and this title.",
    criticised: "A product's name. It says what was bought, not what happens.",
    good: "Lock after five failed sign-ins",
    poor: "CloudTrail",
    sources: ["practice"],
  },
  "control.description": {
    asks: "What happens, to whom, where, after how long, and since when; and which part of the requirement's aim it reaches. Exact enough for somebody else to test it.",
    criticised: "One control for a whole chapter; a policy that says it should be so, where a setting makes it so.",
    good: "At the fifth failed sign-in within 30 minutes a function deletes the user's password. It was in place on 3 March and runs in every region that has a sign-in page. Restoring the password takes two people.",
    poor: "Failed logins are monitored and handled.",
    sources: ["appendixC", "practice"],
  },
  "control.origin": {
    asks: "Whether you built it for this worksheet, owe it for another requirement, or combine what is there with something new. What is owed for this very item counts for nothing by itself.",
    criticised: "“New” for what has been required all along: equal to what is owed is not enough.",
    good: "Combination: the log is owed anyway, the function that acts on it within a minute is new.",
    poor: "New, for the password length that the standard asks of everybody.",
    sources: ["appendixB", "criticism"],
  },
  "control.nature": {
    asks: "Whether it keeps the thing from happening, notices that it happens, or mends it afterwards. Choose what it does by itself, without the person who reads its message.",
    criticised: "Only controls that notice. Noticing is seldom the same defence as preventing.",
    good: "Preventive: nobody can sign in any more.",
    poor: "Preventive, for a mail to the team.",
    sources: ["practice"],
  },
  "control.requirementRef": {
    asks: "The numbers of the requirements that you owe it for elsewhere, each of this worksheet's version. The checks hold them against the catalogue: what is owed for this item too does not count.",
    criticised: "The worksheet's own requirement, or its neighbour under the same item.",
    good: "10.2.1.4",
    poor: "Several requirements of chapter 8",
    sources: ["appendixB"],
  },
  "control.aboveAndBeyond": {
    asks: "What this control does that no requirement asks of you for this item: stricter, faster, for more cases, or something else entirely. Compare with the number.",
    criticised: "“It exceeds PCI DSS”, without saying which requirement and by how much.",
    good: "The requirement allows ten tries and gives a lock of 30 minutes. This one allows five, and the lock ends only when two people have checked who asks.",
    poor: "We go above and beyond the standard.",
    sources: ["appendixB", "criticism"],
  },
  "control.owner": {
    asks: "The person or the post that answers for the control today, and whom an assessor can speak with.",
    criticised: "A team that no longer exists, a supplier, or “IT”.",
    good: "Head of platform security (Mara L.)",
    poor: "The business",
    sources: ["practice"],
  },
  "control.changedOn": {
    asks: "The day of its last change: configuration, code or who may touch it. A test from before that day shows nothing of the control as it is.",
    criticised: "Left as it was last year, while the change log says otherwise.",
    good: "The day of the last deployment of the function.",
    poor: "The day on which the worksheet was written.",
    sources: ["practice"],
  },
};
