import { describe } from "vitest";
import { control, firesOn, items, narrative, plays, quietOn, scope } from "@/test/rigour";

describe("L25, a named scope", () => {
  plays("L25", [
    ["named", [], "met"],
    ["no scope item", [items("constraints", { scope: [] })], ["warning constraints"]],
    ["a scope item without a name", [scope("s1", { name: " " })], ["warning constraints"]],
    ["all systems", [scope("s1", { name: "All systems" })], ["warning constraints s1.name “All systems”"]],
    [
      "various",
      [scope("s1", { name: "Various AWS accounts" })],
      ["warning constraints s1.name “Various AWS accounts”"],
    ],
    [
      "as needed in its detail",
      [scope("s1", { detail: "and others as needed" })],
      ["warning constraints s1.detail “and others”"],
    ],
    ["all that is counted", [scope("s1", { name: "All 12 gateways" })], "met"],
    [
      "in a control",
      [control("c1", { description: "A function locks the users, roles etc. of the account." })],
      ["warning definition c1.description “etc”"],
    ],
    [
      "in another language",
      [narrative("constraints", "Betroffen sind die Systeme in der Zentrale und in den Filialen.")],
      "language",
    ],
    [
      "a vague name in another language is not read",
      [scope("s1", { name: "Alle Systeme der Zentrale und der Filialen" })],
      "language",
    ],
  ]);
  describe("what leaves it open", () => {
    firesOn("L25", "constraints", [
      "The constraint concerns all systems.",
      "It concerns various servers in the CDE.",
      "Relevant systems are covered.",
      "Accounts, roles, keys etc. are affected.",
      "Accounts, keys and so on cannot lock.",
      "Keys are rotated as needed.",
      "Several accounts have no such setting.",
      "Firewalls, routers and the like cannot do it.",
      "The whole company works with it.",
      "All relevant components lack the function.",
      "Everything runs on it.",
      "The limitation applies organisation-wide.",
    ]);
  });
  describe("what does not", () => {
    quietOn("L25", "constraints", [
      "The key stays in memory for as long as needed by the batch of 02:00.",
      "The daemon reads /etc/ssh/sshd_config and nothing else.",
      "The account 111122223333 in eu-west-1 has no such setting.",
      "All 12 gateways run firmware 4.2.",
      "The relevant clause is 14.2 of the contract.",
      "All systems listed in A8 run it.",
      "The policy denies all calls from outside.",
      "The keys alias/pan-store-kek and alias/pan-index are concerned by their policy.",
      "All keys of the account carry the tag.",
    ]);
  });
});
