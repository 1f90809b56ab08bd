import type { RecordPartKey } from "@/lib/domain/records/keys";
import { RECORD_ENTRIES, RECORD_HINTS } from "@/lib/domain/records/outline";
import type { RecordPartShape } from "@/lib/domain/records/shape";

const SOURCES = ["PCI DSS v4.0.1, 12.3.1", "Assessors' practice; no single authority"];

type AnalysisPart = Extract<RecordPartKey, `analysis${string}`>;

/** The risk analysis that sets a frequency. Source: facts 1.6, 12.3.1. */
export const ANALYSIS: Readonly<Record<AnalysisPart, RecordPartShape>> = {
  analysisAssets: {
    hint: RECORD_HINTS.analysisAssets,
    text: {
      asks: "How these assets belong to the cardholder data environment, where a single entry does not say it.",
      criticised: "Assets that the activity does not touch.",
      good: "All of them are named in the inventory of 2.2.1 and stand in the two shops of the pilot.",
      poor: "See the inventory.",
      optional: true,
    },
    fields: [],
    list: {
      ...RECORD_ENTRIES.analysisAssets,
      heading: "Assets",
      prefix: "A",
      empty: "No asset yet. Name what the activity protects.",
      fields: [
        {
          name: "asset",
          label: "Asset",
          input: "line",
          asks: "The systems, devices or data, so that somebody can count them.",
          criticised: "“All systems”.",
          good: "212 payment terminals in 40 shops",
          poor: "All systems",
        },
        {
          name: "protects",
          label: "What is at stake",
          input: "text",
          asks: "What would be lost or opened if the activity came too late.",
          criticised: "Nothing said of account data.",
          good: "Card data of about 30,000 payments a day at the moment of reading.",
          poor: "Security",
        },
      ],
    },
    sources: SOURCES,
  },
  analysisThreats: {
    hint: RECORD_HINTS.analysisThreats,
    text: {
      asks: "What the threats have in common, or what was left out and why.",
      criticised: "A catalogue of threats from a book.",
      good: "Thefts by the shops' own staff are left to the till controls, which are watched daily.",
      poor: "Standard threats.",
      optional: true,
    },
    fields: [],
    list: {
      ...RECORD_ENTRIES.analysisThreats,
      heading: "Threats",
      prefix: "R",
      empty: "No threat yet. Name what the activity is to catch.",
      fields: [
        {
          name: "threat",
          label: "Threat",
          input: "text",
          asks: "What may happen to the assets between two rounds of the activity.",
          criticised: "“Hackers”.",
          good: "A terminal is exchanged or gets an overlay during opening hours.",
          poor: "Hackers",
        },
        {
          name: "likelihoodFactors",
          label: "What makes it likely",
          input: "text",
          asks: "The factors that raise or lower the likelihood.",
          criticised: "A level without a factor.",
          good: "Unattended tills at night in 6 shops; two cases in the trade this year; terminals are screwed down.",
          poor: "Medium",
        },
        {
          name: "impactFactors",
          label: "What makes it grave",
          input: "text",
          asks: "The factors that raise or lower the impact.",
          criticised: "A level without a factor.",
          good: "About 150 cards a day for each terminal; cards with chip cannot be copied in full.",
          poor: "High",
        },
      ],
    },
    sources: SOURCES,
  },
  analysisFrequency: {
    hint: RECORD_HINTS.analysisFrequency,
    text: {
      asks: "Why this frequency keeps likelihood and impact of each threat low enough: what happens between two rounds at the worst.",
      criticised: "The frequency that is convenient, with a reason made up afterwards.",
      good: "An overlay would be found after at most a day, so at most 150 cards in a shop. Twice a day would halve that, and cost the shops the hour in which they open; weekly would let through a thousand.",
      poor: "This is industry practice.",
    },
    fields: [
      {
        name: "activity",
        label: "Activity",
        input: "line",
        asks: "What is done each time.",
        criticised: "The requirement's number alone.",
        good: "Inspection of each terminal against its picture and serial number",
        poor: "Inspection",
      },
      {
        name: "frequency",
        label: "Frequency",
        input: "line",
        asks: "How often, so that it can be counted whether it was kept.",
        criticised: "“Regularly”, “as needed”.",
        good: "Every day before opening",
        poor: "Regularly",
      },
    ],
    list: null,
    sources: SOURCES,
  },
};
