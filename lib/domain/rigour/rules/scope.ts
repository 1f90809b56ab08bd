import type { Rule, RuleFinding } from "@/lib/domain/rigour/finding";
import { itemPieces, narrativePiece, readEnglish } from "@/lib/domain/rigour/reading";
import { APPENDIX_B, AS_OF, BOTH } from "@/lib/domain/rigour/rules/sources";
import { isFilled } from "@/lib/domain/rigour/words/filled";
import { matchesIn } from "@/lib/domain/rigour/words/match";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";
import { isExact, VAGUE_IN_NAME, VAGUE_IN_PROSE } from "@/lib/domain/rigour/words/vague";

/** L25: what the worksheet covers, by name. */
export const namedScope: Rule = {
  id: "L25",
  severity: "warning",
  title: "The scope is named: accounts, regions, keys, principals; nothing is left vague",
  versions: BOTH,
  source: APPENDIX_B,
  asOf: AS_OF,
  evaluate: (subject) => {
    const { sections } = subject;
    const findings: RuleFinding[] = [];
    if (!sections.constraints.items.scope.some(({ name }) => isFilled(name))) {
      const message =
        "Nothing says what the worksheet covers. Name the accounts, Regions, keys, principals or systems.";
      findings.push({ key: "none", message, place: { section: "constraints" } });
    }
    const names = readEnglish(subject, itemPieces(sections, "constraints", ["name"]));
    const prose = readEnglish(subject, [
      narrativePiece(sections, "constraints"),
      ...itemPieces(sections, "constraints", ["detail"]),
      ...itemPieces(sections, "definition", ["title", "description"]),
    ]);
    const vague = [
      ...matchesIn(names.sentences, VAGUE_IN_NAME, isExact),
      ...matchesIn(prose.sentences, VAGUE_IN_PROSE, isExact),
    ];
    for (const { place, phrase, sentence } of vague) {
      findings.push({
        key: `${place.section}:${place.itemId ?? ""}:${substanceOf(sentence)}`,
        message: `“${phrase}” leaves open what is covered. Name it, or refer to a list that does.`,
        place,
      });
    }
    return { findings, unread: [...names.unread, ...prose.unread] };
  },
};
