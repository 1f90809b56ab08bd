import { describe, expect, test } from "vitest";
import { checkState } from "@/lib/domain/access/action-states";
import { ACTION_NAMES, ACTIONS, type Action } from "@/lib/domain/access/actions";
import { authorise } from "@/lib/domain/access/authorise";
import type { EngagementFacts, Facts, Targets, WorksheetFacts } from "@/lib/domain/access/facts";
import { POLICY } from "@/lib/domain/access/policy";
import {
  type Cell,
  COLUMNS,
  MATRIX,
  ORGANISATION_COLUMNS,
  ORGANISATION_MATRIX,
  STATES,
} from "@/lib/domain/access/policy-matrix.fixture";
import { WORKSHEET_STATES, type WorksheetState } from "@/lib/domain/workflow/states";

const ME = "me";
const OTHER = "somebody-else";
const NOW = 1_800_000_000_000;
const ENTITY = "entity";
const ASSESSOR = "assessor";

/** Everything that a cell's letter may hang on, as it is when nothing stands in the way. */
interface World {
  state: WorksheetState;
  assigned: boolean;
  owner: boolean;
  author: boolean;
  signer: boolean;
  submitted: boolean;
  signed: boolean;
  ownRole: boolean;
  openedHere: boolean;
  leads: boolean;
  accepted: boolean;
  steppedUp: boolean;
}

const FREE: Omit<World, "state"> = {
  assigned: true,
  owner: true,
  author: false,
  signer: true,
  submitted: true,
  signed: true,
  ownRole: false,
  openedHere: true,
  leads: true,
  accepted: true,
  steppedUp: true,
};

/** How each letter is broken, and the code that the denial then carries. */
const BREAKS: readonly (readonly [letter: string, code: string, broken: Partial<World>])[] = [
  ["A", "assigned", { assigned: false }],
  ["O", "own_row", { owner: false }],
  ["1", "not_an_author", { author: true }],
  ["M", "own_signature", { signer: false }],
  ["F", "submitted_revision", { submitted: false }],
  ["G", "signed_revision", { signed: false }],
  ["N", "not_own_role", { ownRole: true }],
  ["T", "opener_side", { openedHere: false }],
  ["L", "leads_engagements", { leads: false }],
  ["S", "step_up", { steppedUp: false }],
];

function targets(world: World): Targets {
  const worksheet: WorksheetFacts = {
    state: world.state,
    assigneeIds: world.assigned ? [OTHER, ME] : [OTHER],
    authorIds: world.author ? [OTHER, ME] : [OTHER],
    signerId: world.signer ? ME : OTHER,
    hasSubmittedRevision: world.submitted,
    hasSignedRevision: world.signed,
  };
  return {
    service: null,
    organisation: { organisationId: ENTITY },
    person: { organisationId: ENTITY, personId: world.ownRole ? ME : OTHER },
    engagement: null,
    member: { personId: world.ownRole ? ME : OTHER },
    row: { ownerId: world.owner ? ME : OTHER },
    worksheet,
    thread: { visibility: "shared", openerOrganisationId: world.openedHere ? ENTITY : ASSESSOR, worksheet },
  };
}

function factsOf(column: string, world: World): Facts {
  const outside = column.startsWith("org_") || column === "operator";
  const selfAssessed = column === "isa" || column === "officer";
  const onAssessorSide = column.startsWith("qsa_") || column === "assessor_admin";
  const engagement: EngagementFacts = {
    entityOrganisationId: ENTITY,
    assessorOrganisationId: selfAssessed ? null : ASSESSOR,
    assessorAccepted: world.accepted,
    roles: column.endsWith("_admin") ? [] : ([column] as EngagementFacts["roles"]),
  };
  return {
    actor: {
      userId: ME,
      organisationId: onAssessorSide ? ASSESSOR : ENTITY,
      organisationRole: column.endsWith("_admin") ? "admin" : "member",
      operator: column === "operator",
      leadsEngagements: world.leads,
      stepUpAt: world.steppedUp ? NOW - 60_000 : NOW - 5 * 60_000 - 1,
    },
    token: null,
    engagement: outside ? null : engagement,
    now: NOW,
  };
}

const ask = (column: string, action: Action, world: World) =>
  authorise(factsOf(column, world), action, targets(world)[ACTIONS[action]]);

const cells: { action: Action; column: string; cell: Cell }[] = [];
for (const [matrix, columns] of [
  [MATRIX, COLUMNS],
  [ORGANISATION_MATRIX, ORGANISATION_COLUMNS],
] as const) {
  for (const [action, row] of matrix) {
    row.forEach((cell, index) => {
      cells.push({ action, column: columns[index] ?? "", cell });
    });
  }
}

/** Breaks one condition after the other: the right falls exactly with those that its cell names. */
function hangsOnItsLettersOnly(column: string, action: Action, cell: Cell, world: World): void {
  for (const [letter, code, broken] of BREAKS) {
    const changed = ask(column, action, { ...world, ...broken });
    expect(changed.ok, `${world.state} without ${code}`).toBe(!cell.includes(letter));
    if (!changed.ok) expect(changed.error).toMatchObject({ code, visible: true });
  }
  if (/[PQ]/.test(cell)) expect(ask(column, action, { ...world, accepted: !world.accepted }).ok).toBe(false);
}

describe("the policy says what access.md says", () => {
  test("every action stands in the fixture and in the policy", () => {
    expect([...MATRIX.keys(), ...ORGANISATION_MATRIX.keys()].sort()).toEqual([...ACTION_NAMES].sort());
    expect(Object.keys(POLICY).sort()).toEqual([...ACTION_NAMES].sort());
  });

  test.each(cells)("$column: $action is $cell", ({ action, column, cell }) => {
    for (const state of WORKSHEET_STATES) {
      const world: World = { ...FREE, state, accepted: !cell.includes("Q") };
      const open = cell !== "-" && !(cell.includes("W") && state === "withdrawn");
      expect(ask(column, action, world).ok, state).toBe(open);
      if (open) hangsOnItsLettersOnly(column, action, cell, world);
    }
  });

  test.each(cells.filter(({ cell }) => cell === "-"))(
    "$column may never $action, and is told who may",
    ({ action, column }) => {
      for (const state of WORKSHEET_STATES) {
        const outcome = ask(column, action, { ...FREE, state });
        const hidden = column === "operator";
        expect(outcome).toMatchObject({
          ok: false,
          error: { visible: !hidden, code: hidden ? "not_visible" : "not_allowed" },
        });
        if (!outcome.ok && !hidden) expect(outcome.error.reason).toMatch(/^Only .+ may do this\.$/);
      }
    },
  );

  const readings = cells.filter(({ action, cell }) => /read$|export$/.test(action) && cell !== "-");
  test.each(readings)("$column sees in $action as much as $cell says", ({ action, column, cell }) => {
    const outcome = ask(column, action, { ...FREE, state: "signed" });
    const view = /f/i.test(cell) ? "submitted" : /g/i.test(cell) ? "signed" : "all";
    expect(outcome).toMatchObject({ ok: true, value: { view, as: column } });
  });

  test.each(ACTION_NAMES.flatMap((action) => WORKSHEET_STATES.map((state) => ({ action, state }))))(
    "$action in $state",
    ({ action, state }) => {
      const possible = STATES[action]?.includes(state) ?? true;
      expect(checkState(action, state).ok).toBe(possible);
    },
  );
});
