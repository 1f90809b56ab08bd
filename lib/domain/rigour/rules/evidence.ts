import { daysBetween, isCalendarDay } from "@/lib/domain/dates";
import { findCardNumbers } from "@/lib/domain/evidence/card-numbers";
import { dayInWords } from "@/lib/domain/format-date";
import type { Place, Rule, RuleFinding } from "@/lib/domain/rigour/finding";
import { itemPieces, narrativePiece } from "@/lib/domain/rigour/reading";
import { APPENDIX_B, AS_OF, BOTH } from "@/lib/domain/rigour/rules/sources";
import type { RigourEvidence, RigourSubject } from "@/lib/domain/rigour/subject";
import { nameOf } from "@/lib/domain/rigour/words/names";
import { findSecrets } from "@/lib/domain/rigour/words/secrets";
import type { Control } from "@/lib/domain/worksheet/model";
import { takeApart } from "@/lib/domain/worksheet/section-shape";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";

/** L21: evidence for each control; fresh, with a digest, and free of card data and secrets. */
export const soundEvidence: Rule = {
  id: "L21",
  severity: "error",
  title: "Each control has evidence, which is fresh, hashed, and free of card numbers and secrets",
  versions: BOTH,
  source: `${APPENDIX_B}; the article on linked collateral`,
  asOf: AS_OF,
  evaluate: (subject, _knowledge, { evidenceAgeDays }) => ({
    findings: [
      ...withoutEvidence(subject),
      ...subject.evidence.flatMap((one) => [...age(subject, one, evidenceAgeDays), ...leaks(one), ...onlyLinked(one)]),
      ...leaksInText(subject),
    ],
  }),
};

/** Where a piece of evidence is attached, as far as that still exists. */
function placeOf(subject: RigourSubject, { id, section, itemId }: RigourEvidence): Place {
  const exists =
    itemId !== null && takeApart(section, subject.sections[section]).items.some((one) => one.id === itemId);
  return { section, evidenceId: id, ...(exists && { itemId }) };
}

function holdsSomething({ url, files = [] }: RigourEvidence): boolean {
  return url.trim() !== "" || files.length > 0;
}

function withoutEvidence(subject: RigourSubject): RuleFinding[] {
  return bareControls(subject).map((control) => ({
    key: `${control.id}:none`,
    message: `${nameOf(control)} has no evidence. Attach to it what shows that it is there and works.`,
    place: { section: "definition", itemId: control.id },
  }));
}

/**
 * The controls that no evidence shows. A control has evidence when some is attached to it, to a test that covers it, or to the section of the controls or tests
 * under its label. Where none is attached to single controls, what is attached to their section stands for all.
 */
export function bareControls({ sections, evidence }: Pick<RigourSubject, "sections" | "evidence">): readonly Control[] {
  const { controls } = sections.definition.items;
  const { tests } = sections.validation.items;
  const sound = evidence.filter(holdsSomething);
  const ofSection = sound.filter(
    ({ section, itemId }) => itemId === null && (section === "definition" || section === "validation"),
  );
  const has = (control: Control) =>
    sound.some(({ itemId }) => itemId === control.id) ||
    tests.some(({ id, controlIds }) => controlIds.includes(control.id) && sound.some(({ itemId }) => itemId === id)) ||
    ofSection.some(({ title, shows }) => names(`${title} ${shows}`, control.label));
  const none = controls.every((control) => !has(control));
  if (none && ofSection.some(({ section }) => section === "definition")) return [];
  return controls.filter((control) => !has(control));
}

function names(text: string, label: string): boolean {
  return label.trim() !== "" && text.split(/[^\p{L}\p{N}-]+/u).includes(label.trim());
}

function age(subject: RigourSubject, evidence: RigourEvidence, most: number): RuleFinding[] {
  const { today } = subject.facts;
  const { id, title, collectedOn, validUntil } = evidence;
  const place = placeOf(subject, evidence);
  const found = (key: string, message: string) => [{ key: `${id}:${key}`, message, place }];
  if (validUntil !== null && isCalendarDay(validUntil) && validUntil < today) {
    return found(`expired:${validUntil}`, `“${title}” was valid until ${dayInWords(validUntil)}. Collect it anew.`);
  }
  if (!isCalendarDay(collectedOn)) return found("undated", `“${title}” does not say when it was collected.`);
  if (collectedOn > today) {
    return found(
      `future:${collectedOn}`,
      `“${title}” was collected on ${dayInWords(collectedOn)}, which has not come yet. Correct the day.`,
    );
  }
  if (daysBetween(collectedOn, today) <= most) return [];
  return found(
    `old:${collectedOn}`,
    `“${title}” was collected on ${dayInWords(collectedOn)}, more than ${most} days ago. Collect it anew.`,
  );
}

function leaks({ id, section, title, url, shows, cardNumbers, files = [] }: RigourEvidence): RuleFinding[] {
  const place: Place = { section, evidenceId: id };
  const words = [title, url, shows, ...files.map(({ name }) => name)].join("\n");
  if (cardNumbers || findCardNumbers(words).length > 0) {
    const message = `“${title}” holds what looks like card numbers. Replace it by a copy in which they are cut off or masked.`;
    return [{ key: `${id}:card`, message, place }];
  }
  if (findSecrets(words).length === 0) return [];
  const message = `“${title}” shows what looks like a key or a password. Take it out, and change the secret.`;
  return [{ key: `${id}:secret`, message, place }];
}

/** What lies behind a link may change unseen; only a file has a digest that the revision freezes. */
function onlyLinked({ id, section, title, url, files = [] }: RigourEvidence): RuleFinding[] {
  if (url === "" || files.length > 0) return [];
  const message = `“${title}” is only a link, and what lies behind it may change. Add the file, so that its digest is frozen with the revision.`;
  return [{ key: `${id}:link`, message, place: { section, evidenceId: id }, severity: "info" }];
}

const TEXT_FIELDS = [
  "title",
  "name",
  "detail",
  "description",
  "threat",
  "residual",
  "method",
  "sample",
  "result",
  "task",
];

/** In the worksheet's own text it is a question to the writer: a number may only look like that of a card. */
function leaksInText({ sections }: RigourSubject): RuleFinding[] {
  return SECTION_KEYS.flatMap((section) =>
    [narrativePiece(sections, section), ...itemPieces(sections, section, TEXT_FIELDS)].flatMap(({ place, text }) => {
      const key = [section, place.itemId ?? "", place.field ?? ""].join(":");
      const card = findCardNumbers(text).map(
        ({ from, to, lastFour }): RuleFinding => ({
          key: `text:${key}:card:${lastFour}`,
          message: `What looks like a card number (ending in ${lastFour}) stands in the text. Cut it down to its last four digits.`,
          place: { ...place, range: { from, to } },
          severity: "warning",
        }),
      );
      const secret = findSecrets(text).map(
        ({ from, to }): RuleFinding => ({
          key: `text:${key}:secret:${to - from}`,
          message: "What looks like a key or a password stands in the text. Take it out, and change the secret.",
          place: { ...place, range: { from, to } },
          severity: "warning",
        }),
      );
      return [...card, ...secret];
    }),
  );
}
