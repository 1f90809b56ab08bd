import type { FieldGuidance, ItemField } from "@/lib/domain/worksheet/fields/names";

/** The fields of a risk. */
export const RISK_FIELDS: Readonly<Record<ItemField<"risk">, FieldGuidance>> = {
  "risk.threat": {
    asks: "What could happen because the requirement is not met: who does what, and how. One risk to an entry.",
    criticised: "No risk at all, “because of our controls”: the risk is what is there without them.",
    good: "Somebody who has an emergency user's name tries passwords at the provider's sign-in page, which never locks.",
    poor: "Hackers",
    sources: ["appendixC", "practice"],
  },
  "risk.asset": {
    asks: "What they would be after or would reach: data, a key, a service. Say how it leads to card data.",
    criticised: "“The company”. Nobody can weigh what is at stake then.",
    good: "The key that decrypts the stored card numbers of account 111122223333",
    poor: "All our data",
    sources: ["practice"],
  },
  "risk.likelihood": {
    asks: "How likely it is before your controls work, on one scale for all risks. Say in the text what makes it so.",
    criticised: "“Low” everywhere, without a reason.",
    good: "Medium: the page is open to the internet, the names are guessable, the passwords are not.",
    poor: "Low, because it has not happened yet.",
    sources: ["practice"],
  },
  "risk.impact": {
    asks: "How bad it would be if it happened once: how much card data, for how long, who would be told.",
    criticised: "An impact that shrinks because the controls are good. They make it rarer, seldom milder.",
    good: "High: whoever signs in can decrypt all stored card numbers.",
    poor: "Low, because we would notice.",
    sources: ["practice"],
  },
  "risk.residual": {
    asks: "What is left once the controls work, and who accepted that, in which post, on which day.",
    criticised: "“None.” Something is always left, and nobody has signed for it.",
    good: "Low: four guesses are possible within 95 seconds. Accepted by the chief information security officer on 1 September.",
    poor: "The residual risk is acceptable.",
    sources: ["appendixB", "practice"],
  },
  "risk.controlIds": {
    asks: "The controls that answer this risk. Each risk needs one, and each control should answer something.",
    criticised: "A risk that no control answers; all controls ticked for every risk.",
    good: "C1, which ends the guessing, and C2, which makes a found password useless.",
    poor: "C1 to C6.",
    sources: ["appendixB"],
  },
};
