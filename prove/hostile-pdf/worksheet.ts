import type { WorksheetSections } from "@/lib/domain/worksheet/model";
import type { Mark } from "@/lib/domain/worksheet/narrative";
import type { WorksheetPdfModel } from "@/lib/render/pdf/view-model";
import { doc, para, text } from "@/test/fixtures/narrative";
import { SAMPLE_SECTIONS } from "@/test/fixtures/sample-sections";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import type { Random } from "../support/random";
import { ADDRESSES, hostileTexts } from "./texts";

/** A worksheet full of hostile text, and the texts in it, each between two marks by which it is found again. */
export interface HostileWorksheet {
  readonly model: WorksheetPdfModel;
  readonly texts: readonly string[];
}

/** Fills every kind of place of a worksheet that somebody writes into. */
export function hostileWorksheet(random: Random): HostileWorksheet {
  const next = hostileTexts(random);
  const texts: string[] = [];
  /** @param most the text is cut to so many units: in narrow columns a long one only makes the proof slow */
  const take = (most = 4_000): string => {
    const marked = `Q${texts.length}q ${next().slice(0, most)} z${texts.length}Z`;
    texts.push(marked);
    return marked;
  };
  const url = () => random.pick(ADDRESSES);
  const link = (): Mark => ({ type: "link", attrs: { href: url() } });
  const base = worksheetModel(random.pick(["4.0.1", "3.2.1"] as const), random.int(2) === 0, sections(take, link));
  const [thread] = base.threads;
  const [file, other] = base.evidence;
  if (!thread || !file || !other) throw new Error("The worksheet of the tests has changed.");
  const model: WorksheetPdfModel = {
    ...base,
    header: { ...base.header, requirementTitle: take(300), entityName: take(200), engagementName: take(200) },
    scope: take(200),
    assessorName: take(200),
    evidence: [
      { ...file, title: take(200), url: url(), shows: take(200) },
      {
        ...other,
        title: take(200),
        url: url(),
        shows: take(200),
        files: [{ ...(other.files?.[0] ?? NO_FILE), name: take(100) }],
      },
    ],
    threads: [
      {
        ...thread,
        itemLabel: "T1",
        comments: thread.comments.map((one) => ({ ...one, author: take(100), body: take() })),
      },
    ],
    signOffs: base.signOffs.map((one) => ({ ...one, signerName: take(100), reason: take() })),
    people: base.people.map((one) => ({ ...one, name: take(100), firm: take(100) })),
    transitions: base.transitions.map((one) => ({ ...one, reason: take(200) })),
  };
  return { model, texts };
}

const NO_FILE = { name: "", size: 1, type: "text/plain", sha256: "0".repeat(64) };

function sections(take: (most?: number) => string, link: () => Mark): WorksheetSections {
  const [control, ...controls] = SAMPLE_SECTIONS.definition.items.controls;
  const [risk, ...risks] = SAMPLE_SECTIONS.identifiedRisk.items.risks;
  if (!control || !risk) throw new Error("The sections of the tests have changed.");
  const listItem = (value: string) => ({ type: "listItem", content: [para(value)] }) as const;
  const cell = (value: string) => ({ type: "tableCell", content: [para(value)] }) as const;
  return {
    ...SAMPLE_SECTIONS,
    constraints: {
      ...SAMPLE_SECTIONS.constraints,
      narrative: doc(
        para(take()),
        para(text(take(), { type: "bold" }), " ", text(take(), { type: "italic" })),
        para(text(take(), { type: "code" }), " ", text(take(), link())),
        para(text(take(), { type: "bold" }, { type: "italic" }, link())),
      ),
    },
    definition: {
      narrative: doc(
        { type: "bulletList", content: [listItem(take()), listItem(take())] },
        { type: "codeBlock", content: [{ type: "text", text: take() }] },
        { type: "table", content: [{ type: "tableRow", content: [cell(take(150)), cell(take(150))] }] },
      ),
      items: { controls: [{ ...control, title: take(200), description: take(), owner: take(200) }, ...controls] },
    },
    identifiedRisk: {
      ...SAMPLE_SECTIONS.identifiedRisk,
      items: { risks: [{ ...risk, threat: take(200), residual: take(200) }, ...risks] },
    },
  };
}
