import type { RuleFinding } from "@/lib/domain/rigour/finding";
import { compared, likeness, sharedPassage } from "@/lib/domain/rigour/likeness";
import { textOf } from "@/lib/domain/rigour/reading";
import { summariseText } from "@/lib/domain/rigour/section-length";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourSubject } from "@/lib/domain/rigour/subject";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";
import { isSame } from "@/lib/domain/same";
import { SECTION_LABELS, sectionOrder } from "@/lib/domain/worksheet/sections";

/**
 * What was taken over from a sample or an older worksheet and still reads the same. An unchanged sample is refused; what
 * is like its model is to be justified anew. New dates and numbers alone make no new text.
 */
export function copyFindings(subject: RigourSubject, settings: RigourSettings): RuleFinding[] {
  const { copiedFrom } = subject.facts;
  if (copiedFrom === null) return [];
  const { kind, title, sections: model } = copiedFrom;
  if (kind === "sample" && isSame(subject.sections, model)) {
    const message = `This is the sample “${title}” as it came. Write what is so in your own environment before you submit it.`;
    return [{ key: "sample", message, place: { section: null }, severity: "error" }];
  }
  return sectionOrder(subject.standardVersion).flatMap((section): RuleFinding[] => {
    const mine = summariseText(subject.sections, section);
    const ours = compared(mine);
    const theirs = compared(summariseText(model, section));
    if (likeness(ours, theirs) < settings.likeness) return [];
    const range = sharedPassage(compared(textOf(subject.sections[section].narrative)), theirs);
    const what = kind === "sample" ? `the sample “${title}”` : `“${title}”, from which it was copied`;
    return [
      {
        key: `copy:${section}:${substanceOf(mine)}`,
        message: `“${SECTION_LABELS[section]}” is nearly the text of ${what}. Write it for today, or say why it holds unchanged.`,
        place: { section, ...(range && { range }) },
      },
    ];
  });
}
