import type { RecordPartKey } from "@/lib/domain/records/keys";
import { RECORD_ENTRIES, RECORD_HINTS } from "@/lib/domain/records/outline";
import type { RecordPartShape } from "@/lib/domain/records/shape";

const APPENDIX_D = "PCI DSS v4.0.1, Appendix D";
const APPENDIX_E = "PCI DSS v4.0.1, Appendix E: controls matrix (E1)";
const SOURCES = [APPENDIX_D, APPENDIX_E, "Assessors' practice; no single authority"];

type MatrixPart = Extract<RecordPartKey, `matrix${string}`>;

/** The controls matrix of the customized approach. Source: facts 1.6, E1. */
export const MATRIX: Readonly<Record<MatrixPart, RecordPartShape>> = {
  matrixControls: {
    hint: RECORD_HINTS.matrixControls,
    text: {
      asks: "How the controls work together, where a single entry does not say it.",
      criticised: "A list of products instead of controls.",
      good: "C1 stops the connection; C2 notices when C1 is switched off and pages the operations centre.",
      poor: "See our security concept.",
      optional: true,
    },
    fields: [],
    list: {
      ...RECORD_ENTRIES.matrixControls,
      heading: "Controls",
      prefix: "C",
      empty: "No control yet. Name each control that the customized approach rests on.",
      fields: [
        {
          name: "name",
          label: "Name",
          input: "line",
          asks: "What the control is called in your own documents.",
          criticised: "A product's name that says nothing of what is done.",
          good: "Session broker with recorded, approved sessions",
          poor: "Firewall",
        },
        {
          name: "implemented",
          label: "What is implemented",
          input: "text",
          asks: "What the control does and how it is set up, so that somebody else can find it and test it.",
          criticised: "What is planned, or what the vendor says of the product.",
          good: "Administrators reach the payment network only through the broker, which opens a session for one named ticket, records it, and closes it after 60 minutes.",
          poor: "A privileged access solution was rolled out.",
        },
        {
          name: "location",
          label: "Where",
          input: "line",
          asks: "The systems, accounts, networks and sites where it is in place.",
          criticised: "“Everywhere”, without saying what everything is.",
          good: "Account 111122223333, both Regions; the two jump networks of site A",
          poor: "In the cloud",
        },
        {
          name: "performed",
          label: "When it is performed",
          input: "line",
          asks: "How often it runs, or what sets it off.",
          criticised: "“Regularly”.",
          good: "At every connection; the check of C2 each hour",
          poor: "Regularly",
        },
        {
          name: "accountable",
          label: "Accountable",
          input: "line",
          asks: "Who answers for the control as a whole.",
          criticised: "A team that has no head.",
          good: "Head of Cloud Platform (I. Marchetti)",
          poor: "IT",
        },
        {
          name: "operates",
          label: "Who manages, maintains and monitors it",
          input: "line",
          asks: "Who runs it from day to day, who changes it, and who sees when it fails.",
          criticised: "The same person in all three places.",
          good: "Run by the platform team, rules changed by network security, watched by the operations centre",
          poor: "The administrators",
        },
      ],
    },
    sources: SOURCES,
  },
  matrixObjective: {
    hint: RECORD_HINTS.matrixObjective,
    text: {
      asks: "How the controls together meet the objective. Name the controls (C1, C2 …), and go through every part of the objective.",
      criticised: "Showing that the controls exist instead of that they reach the objective.",
      good: "Traffic that is not allowed cannot reach the card data, because C1 opens a way only for an approved session. C3 closes any other way within a minute, and C2 tells us when it does not.",
      poor: "The controls meet the objective.",
    },
    fields: [
      {
        name: "objective",
        label: "Objective",
        input: "text",
        asks: "The requirement's customized approach objective in your own words.",
        criticised: "The requirement's own text: that is the defined approach, not its aim.",
        good: "Nothing that was not approved gets between trusted and untrusted networks, in either direction.",
        poor: "Firewalls are configured.",
      },
    ],
    list: null,
    sources: SOURCES,
  },
  matrixTesting: {
    hint: RECORD_HINTS.matrixTesting,
    text: {
      asks: "What the tests show together, and what was mended after them.",
      criticised: "Leaving the testing to the assessor: they test in any case, and judge yours besides.",
      good: "All four tests passed after the rule found in T2 was closed on 12 May.",
      poor: "Tests were successful.",
      optional: true,
    },
    fields: [],
    list: {
      ...RECORD_ENTRIES.matrixTesting,
      heading: "Tests",
      prefix: "T",
      empty: "No test yet. Say for each control who tested it, when, how, and what came out.",
      fields: [
        {
          name: "method",
          label: "How it was tested",
          input: "text",
          asks: "What was done, on which control, on which sample, so that it can be repeated.",
          criticised: "“Reviewed”.",
          good: "C1: from each of the six administrators' machines a direct connection to three hosts was tried (18 tries), without and with a session.",
          poor: "Reviewed by IT.",
        },
        {
          name: "tester",
          label: "Tester",
          input: "line",
          asks: "Who tested it: somebody who does not run the control.",
          criticised: "The operator testing their own work.",
          good: "Priya Nadar, internal audit",
          poor: "Platform team",
        },
        {
          name: "testedOn",
          label: "Tested on",
          input: "day",
          asks: "The day of the test, after the last change of the control.",
          criticised: "A test from before the last change.",
          good: "14 May 2026",
          poor: "Last year",
        },
        {
          name: "result",
          label: "Result",
          input: "text",
          asks: "What came out, with the failures.",
          criticised: "Only what went well.",
          good: "17 of 18 tries without a session were refused; one old rule let a connection through, and was removed.",
          poor: "Passed.",
        },
      ],
    },
    sources: SOURCES,
  },
  matrixProtection: {
    hint: RECORD_HINTS.matrixProtection,
    text: {
      asks: "What the targeted risk analysis found, and how it shows protection at least equal to that of the defined approach.",
      criticised: "Equal protection claimed, and never compared.",
      good: "The analysis finds the likelihood lower than under the defined approach, because a stolen administrator's machine alone opens no way, and the impact the same.",
      poor: "The protection is equal or better.",
    },
    fields: [],
    list: null,
    sources: SOURCES,
  },
  matrixUpkeep: {
    hint: RECORD_HINTS.matrixUpkeep,
    text: {
      asks: "What keeps the controls effective between assessments: the checks, their rhythm and their owners.",
      criticised: "Nothing between two assessments.",
      good: "The network team compares the broker's rules with the approved list each Monday; a difference opens an incident.",
      poor: "Controls are monitored continuously.",
    },
    fields: [
      {
        name: "failureFound",
        label: "How a failure is found, and what happens then",
        input: "text",
        asks: "What shows that a control has failed, how soon, and who does what.",
        criticised: "A failure that only the next assessment would find.",
        good: "A heartbeat that is missing for five minutes pages the operations centre, which closes the way by hand within 15 minutes.",
        poor: "Failures are handled by IT.",
      },
    ],
    list: null,
    sources: SOURCES,
  },
};
