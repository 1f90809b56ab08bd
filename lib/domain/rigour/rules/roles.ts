import type { Rule, RuleFinding, Verdict } from "@/lib/domain/rigour/finding";
import { AS_OF, BOTH, NOWHERE } from "@/lib/domain/rigour/rules/sources";

/** L24: whoever writes neither approves nor assesses. */
export const rolesApart: Rule = {
  id: "L24",
  severity: "error",
  title: "Author, approver and assessor are different people, and no assessor writes controls",
  versions: BOTH,
  source: "PCI DSS v4.0.1, Appendices C and D",
  asOf: AS_OF,
  evaluate: ({ facts: { people } }): Verdict => {
    const { authors, approver, qsas } = people;
    const findings: RuleFinding[] = [];
    if (approver !== null && authors.includes(approver)) {
      const message =
        "Somebody who wrote in this worksheet approved it inside. Have it approved by somebody who did not.";
      findings.push({ key: `approver:${approver}`, message, place: NOWHERE });
    }
    if (approver !== null && qsas.includes(approver)) {
      const message =
        "Whoever approved it inside also decides for the assessor. One of the two has to be somebody else.";
      findings.push({ key: `both:${approver}`, message, place: NOWHERE });
    }
    for (const qsa of qsas.filter((one) => authors.includes(one))) {
      const message =
        "Somebody who decides for the assessor wrote in this worksheet. The entity writes and the assessor judges: have another assessor decide.";
      findings.push({ key: `assessor:${qsa}`, message, place: NOWHERE });
    }
    return { findings };
  },
};
