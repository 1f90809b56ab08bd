import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkState } from "@/lib/domain/access/action-states";
import { type Action, actionOfMove } from "@/lib/domain/access/actions";
import { authorise } from "@/lib/domain/access/authorise";
import type { Facts, WorksheetFacts } from "@/lib/domain/access/facts";
import { ENGAGEMENT_ROLES, type EngagementRole } from "@/lib/domain/access/roles";
import { WORKSHEET_MOVES, type WorksheetMove, type WorksheetState } from "@/lib/domain/workflow/states";
import { planMove } from "@/lib/domain/workflow/transitions";

const NOW = 1_800_000_000_000;
const PEOPLE = ["ann", "bob", "cas"] as const;
type Person = (typeof PEOPLE)[number];

/** The worksheet as a service would keep it: state, who wrote, what was frozen. */
interface Sheet {
  readonly state: WorksheetState;
  readonly hasContent: boolean;
  readonly authors: readonly Person[];
  readonly submitted: boolean;
  readonly signer: Person | null;
}

interface Setting {
  readonly assessed: boolean;
  readonly internalReview: boolean;
  readonly home: Readonly<Record<Person, "entity" | "assessor">>;
}

type Step =
  | { readonly kind: "roles"; readonly who: Person; readonly roles: readonly EngagementRole[] }
  | { readonly kind: "act"; readonly who: Person; readonly action: "worksheet.edit" | "evidence.add" }
  | { readonly kind: "move"; readonly who: Person; readonly move: WorksheetMove };

const person = fc.constantFrom(...PEOPLE);
const roles = fc.uniqueArray(fc.constantFrom(...ENGAGEMENT_ROLES), { minLength: 3, maxLength: 8 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("roles" as const), who: person, roles }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("act" as const),
      who: person,
      action: fc.constantFrom("worksheet.edit" as const, "evidence.add" as const),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("move" as const),
      who: person,
      move: fc.constantFrom(...WORKSHEET_MOVES),
    }),
  },
);
/** A common beginning, so that many histories get as far as a decision; the rest is free. */
const BEGINNING: readonly Step[] = [
  { kind: "act", who: "ann", action: "worksheet.edit" },
  { kind: "move", who: "ann", move: "submit" },
];
const history = fc
  .tuple(fc.constantFrom([], BEGINNING), fc.array(step, { minLength: 10, maxLength: 60, size: "max" }))
  .map((parts) => parts.flat());

const side = fc.constantFrom("entity" as const, "assessor" as const);
const setting: fc.Arbitrary<Setting> = fc.record({
  assessed: fc.boolean(),
  internalReview: fc.boolean(),
  home: fc.record({ ann: fc.constant("entity" as const), bob: side, cas: side }),
});

function worksheetFacts(sheet: Sheet): WorksheetFacts {
  return {
    state: sheet.state,
    assigneeIds: PEOPLE,
    authorIds: sheet.authors,
    signerId: sheet.signer,
    hasSubmittedRevision: sheet.submitted,
    hasSignedRevision: sheet.signer !== null,
  };
}

function mayDo(
  where: Setting,
  held: Readonly<Record<Person, readonly EngagementRole[]>>,
  who: Person,
  action: Action & `${"worksheet" | "evidence"}.${string}`,
  sheet: Sheet,
): boolean {
  const facts: Facts = {
    token: null,
    actor: {
      userId: who,
      organisationId: where.home[who],
      organisationRole: "member",
      operator: false,
      leadsEngagements: true,
      stepUpAt: NOW,
    },
    engagement: {
      entityOrganisationId: "entity",
      assessorOrganisationId: where.assessed ? "assessor" : null,
      assessorAccepted: where.assessed,
      roles: held[who],
    },
    now: NOW,
  };
  if (action === "worksheet.create") return false;
  return authorise(facts, action, worksheetFacts(sheet)).ok && checkState(action, sheet.state).ok;
}

type Held = Record<Person, readonly EngagementRole[]>;

/** Writing or adding evidence, when the person may. */
function act(where: Setting, held: Held, step: Extract<Step, { kind: "act" }>, sheet: Sheet): Sheet {
  if (!mayDo(where, held, step.who, step.action, sheet)) return sheet;
  return { ...sheet, hasContent: true, authors: [...new Set([...sheet.authors, step.who])] };
}

/** A move, when the person may make it and the table allows it. */
function move(where: Setting, held: Held, step: Extract<Step, { kind: "move" }>, sheet: Sheet): Sheet {
  if (!mayDo(where, held, step.who, actionOfMove(step.move), sheet)) return sheet;
  const plan = planMove({ state: sheet.state, move: step.move, internalReview: where.internalReview });
  if (!plan.ok || (plan.value.guards.includes("content_complete") && !sheet.hasContent)) return sheet;
  const { to, freezes } = plan.value;
  return {
    ...sheet,
    state: to,
    submitted: sheet.submitted || freezes,
    signer: to === "signed" ? step.who : sheet.signer,
  };
}

/** Plays a history as the services would, calling `onSigned` each time that a signature is made. */
function play(where: Setting, steps: readonly Step[], onSigned: (signer: Person, sheet: Sheet) => void): void {
  const held: Held = {
    ann: ["lead", "contributor", "internal_reviewer"],
    bob: where.home.bob === "assessor" ? ["qsa_lead"] : ["isa"],
    cas: ["officer", "internal_reviewer"],
  };
  let sheet: Sheet = { state: "draft", hasContent: false, authors: [], submitted: false, signer: null };
  for (const step of steps) {
    const before = sheet;
    if (step.kind === "roles") held[step.who] = step.roles;
    else sheet = step.kind === "act" ? act(where, held, step, sheet) : move(where, held, step, sheet);
    if (sheet.state === "signed" && before.state !== "signed") onSigned(step.who, sheet);
  }
}

describe("separation of duties over every history", () => {
  test("no path of moves reaches a signature without two distinct people", () => {
    let signatures = 0;
    fc.assert(
      fc.property(setting, history, (where, steps) => {
        play(where, steps, (signer, sheet) => {
          signatures += 1;
          expect(sheet.authors.length).toBeGreaterThan(0);
          expect(sheet.authors).not.toContain(signer);
          if (where.assessed) expect(where.home[signer]).toBe("assessor");
          else expect(where.home[signer]).toBe("entity");
        });
      }),
      { numRuns: 800, seed: 20261124 },
    );
    // Otherwise the law would hold over histories that never sign.
    expect(signatures).toBeGreaterThan(20);
  });

  test("somebody who holds every role in every way never signs alone", () => {
    for (const assessed of [false, true]) {
      const alone: Setting = { assessed, internalReview: false, home: { ann: "entity", bob: "entity", cas: "entity" } };
      const acts: readonly Step[] = [
        { kind: "roles", who: "ann", roles: ["lead", "contributor"] },
        { kind: "act", who: "ann", action: "worksheet.edit" },
        { kind: "move", who: "ann", move: "submit" },
        { kind: "roles", who: "ann", roles: [...ENGAGEMENT_ROLES] },
        { kind: "move", who: "ann", move: "sign" },
      ];
      play(alone, acts, () => expect.unreachable("one person wrote and signed"));
    }
  });
});
