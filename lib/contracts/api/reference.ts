import type { TokenScope } from "@/lib/domain/access/token-rights";

/** An operation of the API as its page shows it. Schemas are written as types. */
export interface ReferenceOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** The scope that a token needs; null where none is let in. */
  readonly scope: TokenScope | null;
  /** Answered without a sign-in. */
  readonly open: boolean;
  readonly parameters: readonly ReferenceParameter[];
  readonly body: string | null;
  readonly status: string;
  readonly reply: string | null;
}

/** A part of the address, the query or the head. */
export interface ReferenceParameter {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly schema: string;
}

/** Operations about one thing. */
export interface ReferenceGroup {
  readonly tag: string;
  readonly operations: readonly ReferenceOperation[];
}
