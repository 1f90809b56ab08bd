import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { PersonKey, Side, World } from "./people";

/** How the worksheets of the stage came to be: one for each state, and one whose second revision is in review. */
export const SCENES = [
  "draft",
  "internal_review",
  "qsa_review",
  "changes_requested",
  "signed",
  "refused",
  "withdrawn",
  "revoked",
  "signed_then_resubmitted",
] as const;
export type Scene = (typeof SCENES)[number];

/** What a request may be aimed at. */
export type SpotKind = "engagement" | "row" | "worksheet" | "thread" | "organisation";

/** What is true of a worksheet of the stage, as it was played. */
export interface SheetFacts {
  readonly scene: Scene;
  readonly state: WorksheetState;
  /** How often its sections were saved, which is their version. */
  readonly writes: number;
  /** A revision went to the decider. */
  readonly submitted: boolean;
  /** What is stored is what the newest revision froze. */
  readonly frozen: boolean;
  readonly revision: number;
  /** A signature stands, if only on an earlier revision. */
  readonly signed: boolean;
  /** SHA-256, hex, of the newest revision; empty without one. */
  readonly digest: string;
  readonly authors: readonly PersonKey[];
  readonly signer: PersonKey | null;
}

/** Something that requests are aimed at. */
export interface Spot {
  readonly kind: SpotKind;
  readonly world: World;
  /** In words, for findings. */
  readonly name: string;
  /** The ids in its address, by the parameter's name. */
  readonly params: Readonly<Record<string, string>>;
  readonly sheet?: SheetFacts;
  readonly owner?: PersonKey | null;
  /** A row whose worksheet was opened already. */
  readonly taken?: boolean;
  readonly thread?: { readonly side: Side; readonly visibility: "shared" | "private" };
}

/** The state that each scene ends in. */
export function stateOf(scene: Scene): WorksheetState {
  return scene === "signed_then_resubmitted" ? "qsa_review" : scene;
}
