import type { Example } from "./example";

const WORKSHEET = "/api/v1/worksheets/[worksheetId]";

/** What is asked of the gate and of the rules' warnings. */
export const RIGOUR_EXAMPLES: Readonly<Record<string, Example>> = {
  [`PUT ${WORKSHEET}/eligibility`]: {
    ask: async (stage) => {
      const { id, rigour } = await stage.inWriting();
      const answers = { missedActivity: false, storedSad: null, legalBar: false, switchable: true };
      return {
        params: { worksheetId: id },
        body: {
          baseVersion: rigour?.eligibilityVersion ?? 0,
          answers: { ...answers, whyNotSwitchedOn: "It is sealed." },
          acknowledgeCardNumber: true,
        },
      };
    },
  },
  [`POST ${WORKSHEET}/start`]: {
    ask: async (stage, turn) => {
      const { id } = await stage.inWriting();
      const [, other = id] = stage.worksheetIds;
      const sample = { kind: "sample", sampleId: "8.1.6" };
      return { params: { worksheetId: id }, body: turn % 2 === 0 ? sample : { kind: "worksheet", worksheetId: other } };
    },
    refusal: "blocked",
  },
  [`GET ${WORKSHEET}/starts`]: {
    ask: async (stage) => ({ params: { worksheetId: (await stage.inWriting()).id } }),
  },
  [`PUT ${WORKSHEET}/warnings`]: {
    ask: async (stage) => ({
      params: { worksheetId: (await stage.inWriting()).id },
      body: { key: "L18:none", reason: "There is none.", acknowledgeCardNumber: true },
    }),
    refusal: "invalid",
  },
};
