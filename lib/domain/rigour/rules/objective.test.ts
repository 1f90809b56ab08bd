import { describe } from "vitest";
import { items, knowledgeOf, narrative, plays, requirement } from "@/test/rigour";

const { title } = await knowledgeOf("4.0.1", "8.3.4");
const says = (...lines: readonly string[]) => narrative("objective", ...lines);

describe("L14, the aim and not the text", () => {
  plays("L14", [
    ["aim and what is achieved", [], "met"],
    ["the requirement's title", [says(title)], [`warning objective “${title}”`]],
    [
      "the title in other letters, with marks",
      [says(`“${title.toUpperCase()}”!`)],
      [`warning objective “${title.toUpperCase()}”`],
    ],
    [
      "the title of another requirement",
      [says("Retire keys that are weakened, and replace them by others of more strength.")],
      "met",
    ],
    [
      "speaks as a standard does",
      [says("Invalid attempts must be limited by locking out the user ID.")],
      ["warning objective “Invalid attempts must be limited by locking out the user ID.”"],
    ],
    [
      "tells what the standard asks for",
      [says("PCI DSS requires that accounts are locked after ten attempts.")],
      ["warning objective “PCI DSS requires that accounts are locked after ten attempts.”"],
    ],
    [
      "tells it, and then what is achieved",
      [says("Accounts must be locked after ten attempts.", "Our controls end trying after five attempts.")],
      "met",
    ],
    [
      "the title, and then what is achieved",
      [says(title, "Here trying ends after five attempts, since C1 takes the password away and calls for two people.")],
      "met",
    ],
    [
      "the title in other words, twice",
      [
        says(
          "Accounts are locked when logins failed repeatedly.",
          "Ours lock an account after repeated failing logins.",
        ),
      ],
      ["warning objective “Accounts are locked when logins failed repeatedly.”"],
    ],
    [
      "an aim that must not happen",
      [says("Nobody must find a password by trying.", "After five tries it ends.")],
      "met",
    ],
    ["empty", [says()], "met"],
    [
      "another language",
      [says("Niemand kann durch Probieren ein Kennwort finden, und jeder Versuch wird bemerkt.")],
      "language",
    ],
    ["the title in a worksheet of another number", [requirement("4.0.1", "10.3.4"), says(title)], "met"],
  ]);
  describe("with a lower threshold", () => {
    plays(
      "L14",
      [
        [
          "half of the title is too like it",
          [says(title.split(" ").slice(0, 6).join(" "))],
          [
            `warning objective “${title
              .split(" ")
              .slice(0, 6)
              .join(" ")
              .replace(/[,;.]$/, "")}”`,
          ],
        ],
      ],
      {
        likeness: 0.5,
      },
    );
  });
});

describe("L15, tied to the yardstick", () => {
  const ref = (objectiveRef: string) => items("objective", { objectiveRef });
  const missing = ["info objective objectiveRef"];
  plays("L15", [
    ["the customized approach objective", [], "met"],
    ["the purpose", [ref("Purpose of 8.3.4")], "met"],
    ["empty", [ref("")], missing],
    ["filling", [ref("tbd")], missing],
    ["a dash", [ref("–")], missing],
    ["empty in 3.2.1", [requirement("3.2.1", "8.1.6"), ref("")], missing],
    ["3.2.1 has no such objective", [requirement("3.2.1", "8.1.6")], missing],
    ["the intent, in 3.2.1", [requirement("3.2.1", "8.1.6"), ref("Intent in the guidance")], "met"],
    ["another language", [ref("Zweck der Anforderung 8.3.4")], "met"],
  ]);
});
