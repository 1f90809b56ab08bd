import type { Action } from "@/lib/domain/access/actions";
import type { AuditAction } from "@/lib/domain/audit/event-types";
import type { Reply } from "../support/client";
import type { Asker, PersonKey, Standing, World } from "./people";
import type { Spot, SpotKind } from "./spot";
import type { Stage } from "./stage";

/** How much of a worksheet somebody sees, as the fixture's letters say it. */
export type View = "all" | "submitted" | "signed";

/** What is known when a request is made up. */
export interface At {
  readonly stage: Stage;
  readonly spot: Spot;
  readonly asker: Asker;
}

/** A request beside its method and path. Parameters in the path that the spot does not name stand here. */
export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly form?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that somebody with the right gets all the same. */
export type Exception =
  | { readonly kind: "denied"; readonly status: 403 | 404; readonly codes: readonly string[] }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly code: string;
      readonly event?: AuditAction;
      /** Tables that count the attempt all the same. */
      readonly counts?: readonly string[];
    };

/** It is there, but not for this person: the same answer as for what does not exist, and an event. */
export const HIDDEN: Exception = { kind: "denied", status: 404, codes: ["unknown_target"] };
/** The right is there, but not for this much of it. */
export const TOO_MUCH: Exception = { kind: "denied", status: 403, codes: ["not_allowed"] };

/** A refusal that has nothing to do with who asks: nothing changes, and nothing is recorded unless an event is named. */
export function refused(
  status: number,
  code: string,
  more: { readonly event?: AuditAction; readonly counts?: readonly string[] } = {},
): Exception {
  return { kind: "refused", status, code, ...more };
}

/** What exceptions are judged by. */
export interface Judged {
  readonly spot: Spot;
  readonly standing: Standing;
  readonly view: View;
}

/** One line of the matrix: one action of one handler, and how it is asked for by somebody who may. */
export interface Line {
  /** `METHOD /path/[parameter]`, as the route files have it. */
  readonly handler: string;
  /** What tells it from other lines of the same handler. */
  readonly call?: string;
  /** The action whose row of the fixture decides, or who may: everybody, or everybody who is signed in. */
  readonly may: Action | "signed_in" | "everybody";
  /** What it is aimed at; nothing when it is the asker's own organisation or account. */
  readonly on?: SpotKind;
  /** Only spots that this holds for. */
  readonly only?: (spot: Spot) => boolean;
  readonly asks?: (at: At) => Asked | Promise<Asked>;
  /** The status of success; 200 unless said otherwise. */
  readonly success?: number;
  /** The event that success leaves; none unless said otherwise. */
  readonly event?: AuditAction;
  /** The event goes to the chain of the actor's company and not into the engagement's trail. */
  readonly ownChain?: (spot: Spot) => boolean;
  /** Which revision the reply shows: the other company's first look at it is an event. */
  readonly shows?: (spot: Spot) => number | null;
  /** Whether success changes rows; no unless said otherwise. */
  readonly changes?: boolean;
  /** The person whose role is changed; `N` in the fixture is about them. */
  readonly changesRoleOf?: (at: At) => PersonKey | null;
  /** About the own account, and refused without having shown again who one is. */
  readonly confirmed?: boolean;
  /** What the denial calls it, where it is not about second factors. */
  readonly attempted?: "account.tokens";
  /** Takes or ends sessions, so it gets one of its own. */
  readonly ownSession?: boolean;
  readonly except?: (judged: Judged) => Exception | null;
  /** A further look at the reply of success. @returns what is wrong, or null */
  readonly check?: (at: At, reply: Reply) => string | null;
}

/** A line's name in findings. */
export function nameOf(line: Line): string {
  return line.call ? `${line.handler} (${line.call})` : line.handler;
}

/** The worlds that a line's spots lie in, for those that are aimed at something. */
export function inWorlds(...worlds: readonly World[]): (spot: Spot) => boolean {
  return (spot) => worlds.includes(spot.world);
}
