/**
 * What is checked of a pack, in this order, with what a failure means for a reader. A check that fails ends the
 * examination: what comes after it rests on it.
 */
export const CHECKS = {
  parts: {
    title: "The pack can be read and has the parts that every pack has",
    failed: "The file is damaged, or is no pack. Ask whoever gave it to you for it again.",
    missing: "Without these parts nothing can be proved. Ask for the whole pack.",
  },
  manifest: {
    title: "The manifest is a manifest",
    failed: "The list of what belongs to the pack cannot be relied on, and so nothing in the pack can.",
    missing: "",
  },
  files: {
    title: "Every file is the one that the manifest names, and there is no other",
    failed: "A file was changed, exchanged or added after the pack was made. Rely on nothing in it.",
    missing: "A file that belongs to the pack was taken out. What it would show is not proved.",
  },
  keys: {
    title: "The keys are those of one service, listed and signed by its root key",
    failed: "The keys in this pack are not vouched for, so no signature in it counts.",
    missing: "It cannot be followed how the keys came to be the ones in use.",
  },
  signature: {
    title: "The service has signed the manifest",
    failed: "The pack is not as the service made it. Rely on nothing in it.",
    missing: "",
  },
  root: {
    title: "The root key is the one that you trust",
    failed: "Somebody else than the service you trust made this pack. Treat it as forged.",
    missing:
      "The pack is intact in itself, but anybody can make such a pack with keys of their own. Compare the fingerprint " +
      "with one that you got from the service in another way, and verify again with it.",
  },
  checkpoint: {
    title: "The checkpoint of the trail is signed by the service",
    failed: "The state of the trail that the proofs lead to was not signed by the service.",
    missing: "",
  },
  events: {
    title: "Every event in the pack stands in the trail, unchanged",
    failed: "An event was changed, or never stood in the trail that was signed.",
    missing: "That an event stands in the trail is not proved.",
  },
  statements: {
    title: "Every statement is signed, and the trail has recorded it",
    failed: "A signature over a worksheet is not what it claims to be.",
    missing: "A statement, or the event that recorded it, is not in the pack.",
  },
  content: {
    title: "Worksheets, evidence and comments are those that were signed",
    failed: "What is shown is not what somebody put their name to.",
    missing: "Something that a statement rests on is not in the pack, and no omission names it.",
  },
  history: {
    title: "The trail goes on from what was signed before",
    failed: "The history of the service was cut or rewritten. Rely on neither pack before that is explained.",
    missing: "Whether history was rewritten between the two packs cannot be told.",
  },
} as const;

/** Name of a check. */
export type CheckName = keyof typeof CHECKS;

/** Their names in the order in which they are made. */
export const CHECK_NAMES = Object.keys(CHECKS) as CheckName[];

/** Something wrong with a pack, or something that it lacks. */
export interface Problem {
  readonly check: CheckName;
  readonly kind: "failed" | "missing";
  /** The part concerned, or null when it is no single one. */
  readonly path: string | null;
  /** A sentence. */
  readonly says: string;
}

/** More problems of one kind than anybody reads. */
const MOST_NOTED = 200;

/** Notes while a pack is examined what is wrong with it, in order. */
export class Ledger {
  readonly #problems: Problem[] = [];
  #last: CheckName | null = null;

  /** Says that a check begins. */
  begin(check: CheckName): void {
    this.#last = check;
  }

  /** Notes that something is wrong in the check that is being made. */
  fail(says: string, path: string | null = null): void {
    this.#note("failed", says, path);
  }

  /** Notes that something is missing for it. */
  lack(says: string, path: string | null = null): void {
    this.#note("missing", says, path);
  }

  /** Whether anything was wrong so far, so that going on would rest on it. */
  get broken(): boolean {
    return this.#problems.some(({ kind }) => kind === "failed");
  }

  /** All that was noted. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** The check that was begun last, or null. */
  get last(): CheckName | null {
    return this.#last;
  }

  #note(kind: Problem["kind"], says: string, path: string | null): void {
    const same = this.#problems.filter((one) => one.kind === kind).length;
    if (this.#last && same < MOST_NOTED) this.#problems.push({ check: this.#last, kind, path, says });
  }
}
