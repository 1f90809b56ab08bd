import type { RecordPartKey } from "@/lib/domain/records/keys";
import { RECORD_ENTRIES, RECORD_HINTS } from "@/lib/domain/records/outline";
import type { RecordPartShape } from "@/lib/domain/records/shape";

const SOURCES = [
  "PCI DSS v4.0.1 self-assessment questionnaires: legal restrictions are reported as not in place",
  "Assessors' practice; no single authority",
];

type LegalPart = Extract<RecordPartKey, "law" | "lawReach" | "counsel" | "lesserRisk">;

/** The record of a legal exception. Source: facts 1.4: a law, never a contract; reported as not in place. */
export const LEGAL: Readonly<Record<LegalPart, RecordPartShape>> = {
  law: {
    hint: RECORD_HINTS.law,
    text: {
      asks: "What the law forbids or orders, in your own words, for whom, and since when.",
      criticised: "A contract, a works agreement or a policy of your own: none of them is a law.",
      good: "Section 12 forbids employers to keep what identifies a person's movements for longer than thirty days. It binds every employer with seat in the country, and our operating company is one.",
      poor: "Data protection does not allow this.",
    },
    fields: [
      {
        name: "lawName",
        label: "Name of the law",
        input: "line",
        asks: "Its official name, as it is cited.",
        criticised: "A field of law in place of a law.",
        good: "Workplace Privacy Act 2019",
        poor: "Privacy law",
      },
      {
        name: "article",
        label: "Article or section",
        input: "line",
        asks: "Where in the law it stands, down to the paragraph.",
        criticised: "A whole law of two hundred pages.",
        good: "Section 12 (2)",
        poor: "Various",
      },
      {
        name: "jurisdiction",
        label: "Jurisdiction",
        input: "line",
        asks: "The country or state whose law it is, and why it applies to you.",
        criticised: "The law of a country in which nothing of the environment lies.",
        good: "Norland; seat of the operating company and place of the data centre",
        poor: "EU",
      },
      {
        name: "lawLink",
        label: "Where it can be read",
        input: "link",
        asks: "The address of the official text.",
        criticised: "A newspaper's article about the law.",
        good: "https://legislation.example/wpa-2019/12",
        poor: "A search engine",
      },
    ],
    list: null,
    sources: SOURCES,
  },
  lawReach: {
    hint: RECORD_HINTS.lawReach,
    text: {
      asks: "What of the requirement is met all the same, and how.",
      criticised: "The whole requirement left out because of one part.",
      good: "Cameras watch the doors and their recordings are kept for thirty days; the access records of the doors are kept for three months.",
      poor: "Nothing.",
    },
    fields: [
      {
        name: "requirementPart",
        label: "Part of the requirement that cannot be met",
        input: "text",
        asks: "Which part of the requirement, in your own words, meeting would break the law.",
        criticised: "More than the law forbids.",
        good: "Keeping the recordings for three months: the law ends that after thirty days.",
        poor: "The whole requirement",
      },
    ],
    list: null,
    sources: SOURCES,
  },
  counsel: {
    hint: RECORD_HINTS.counsel,
    text: {
      asks: "What counsel found: that the law applies, what it forbids, and that no permission or exception is to be had.",
      criticised: "The opinion of whoever wants the exception.",
      good: "The Act applies to the data centre; the authority has granted no exception to anybody since 2020, and refused ours on 8 January (A3).",
      poor: "Legal says no.",
    },
    fields: [
      {
        name: "counselName",
        label: "Counsel",
        input: "line",
        asks: "The person and firm who gave the opinion.",
        criticised: "Nobody who is a lawyer of that jurisdiction.",
        good: "Dr. Henrike Solvang, Solvang & Lund, admitted in Norland",
        poor: "Legal department",
      },
      {
        name: "opinionOn",
        label: "Given on",
        input: "day",
        asks: "The day of the opinion, after the last change of the law.",
        criticised: "An opinion on a law that was changed since.",
        good: "20 January 2026",
        poor: "Some years ago",
      },
    ],
    list: null,
    sources: SOURCES,
  },
  lesserRisk: {
    hint: RECORD_HINTS.lesserRisk,
    text: {
      asks: "The risk that stays because the requirement is not met, and who carries it.",
      criticised: "No word on the risk, as if the law took it away.",
      good: "A theft that shows after more than thirty days cannot be followed on camera. The door records and the seals of C2 narrow it to a shift; the board carries the rest.",
      poor: "The risk is acceptable.",
    },
    fields: [],
    list: {
      ...RECORD_ENTRIES.lesserRisk,
      heading: "Measures",
      prefix: "M",
      empty: "No measure yet. Say what is done instead to lower the risk.",
      fields: [
        {
          name: "measure",
          label: "What is done",
          input: "text",
          asks: "What it is, and how it lowers the risk within the law.",
          criticised: "What is owed in any case.",
          good: "Recordings of each night are looked through before the thirtieth day, and what matters to a case is handed to the police in time.",
          poor: "Increased awareness",
        },
        {
          name: "owner",
          label: "Who sees to it",
          input: "line",
          asks: "A person or a team with a name.",
          criticised: "Nobody.",
          good: "Head of Site Security (O. Brandt)",
          poor: "Security",
        },
        {
          name: "rhythm",
          label: "How often",
          input: "line",
          asks: "Its rhythm, or what sets it off.",
          criticised: "“When needed”.",
          good: "Every week",
          poor: "When needed",
        },
      ],
    },
    sources: SOURCES,
  },
};
