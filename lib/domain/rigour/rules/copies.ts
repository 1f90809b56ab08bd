import { copyStanding, sharedPlace } from "@/lib/domain/rigour/copied";
import type { RuleFinding } from "@/lib/domain/rigour/finding";
import { summariseText } from "@/lib/domain/rigour/section-length";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import { type CopySource, copySources, type RigourSubject } from "@/lib/domain/rigour/subject";
import { substanceOf } from "@/lib/domain/rigour/words/sentences";
import { isSame } from "@/lib/domain/same";
import { SECTION_LABELS, sectionOrder } from "@/lib/domain/worksheet/sections";

/**
 * What was taken over from a sample or an older worksheet and still reads the same. A sample or copy as it came is
 * refused; what is like its model is to be justified anew. New dates and numbers alone make no new text, so a sample with
 * nothing else changed is still the sample. All that the worksheet ever began as is a model: whoever empties it and begins
 * anew from something else has written nothing by that.
 */
export function copyFindings(subject: RigourSubject, settings: RigourSettings): RuleFinding[] {
  const said = copySources(subject.facts).map((model) => findingsAgainst(subject, model, settings));
  return said.find(([first]) => first?.severity === "error") ?? said.flat();
}

function findingsAgainst(subject: RigourSubject, model: CopySource, settings: RigourSettings): RuleFinding[] {
  const { kind, title, sections } = model;
  const standings = sectionOrder(subject.standardVersion).map((section) => ({
    section,
    standing: copyStanding(subject.sections, sections, section, settings.likeness),
  }));
  const place = { section: null };
  const isUntouched = isSame(subject.sections, sections);
  if (kind === "sample" && (isUntouched || standings.every(({ standing }) => standing === "same"))) {
    const message = `This is the sample “${title}” as it came. Write what is so in your own environment before you submit it.`;
    return [{ key: "sample", message, place, severity: "error" }];
  }
  if (kind === "worksheet" && isUntouched) {
    const message =
      "This is the text of the worksheet that it was copied from, as it was copied. Look at each section anew before you submit it.";
    return [{ key: "copy", message, place, severity: "error" }];
  }
  // What a worksheet is called names another engagement: that is the entity's own business, and a reason given for this
  // is read by others, as long as its revision is kept.
  const what = kind === "sample" ? `the sample “${title}”` : "the worksheet that it was copied from";
  return standings
    .filter(({ standing }) => standing !== "own")
    .map(({ section }): RuleFinding => {
      const message = `“${SECTION_LABELS[section]}” is nearly the text of ${what}. Write it for today, or say why it holds unchanged.`;
      return {
        key: `copy:${section}:${substanceOf(summariseText(subject.sections, section))}`,
        message,
        place: { section, ...sharedPlace(subject.sections, sections, section) },
      };
    });
}
