import { hostileTexts } from "../hostile-pdf/texts";
import type { Random } from "../support/random";

/** A worksheet's text as somebody hostile or in a hurry would leave it: anything that a field lets in. */
export class Author {
  readonly #random: Random;
  readonly #hostile: () => string;

  constructor(random: Random) {
    this.#random = random;
    this.#hostile = hostileTexts(random);
  }

  /** Text of any length up to the most, and quite often none. */
  text(most: number): string {
    if (this.#random.int(4) === 0) return "";
    const plain = this.#random.pick(PLAIN);
    const whole = this.#random.int(2) === 0 ? plain : this.#hostile();
    // What no field lets in: NUL, and half characters.
    return whole.replaceAll("\u0000", "").slice(0, most).toWellFormed();
  }

  some(most: number): string {
    return this.text(most).trim() || "x";
  }

  id(): string {
    const hex = Array.from({ length: 32 }, () => this.#random.int(16).toString(16)).join("");
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-7$3-8$4-$5").slice(0, 36);
  }

  sha256(): string {
    return Array.from({ length: 64 }, () => this.#random.int(16).toString(16)).join("");
  }

  pick<T>(from: readonly T[]): T {
    return this.#random.pick(from);
  }

  flag(): boolean {
    return this.#random.int(2) === 0;
  }

  list<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.#random.int(most + 1) }, (_, index) => make(index));
  }

  day(): string {
    return this.#random.pick(["1990-01-01", "2024-02-29", "2026-09-14", "2027-12-31", "2200-12-31"]);
  }

  instant(): string {
    return `2026-0${1 + this.#random.int(9)}-1${this.#random.int(10)}T0${this.#random.int(10)}:30:15.${100 + this.#random.int(900)}Z`;
  }
}

const PLAIN = [
  "Two people unlock the key.",
  "1. First\n2) Second\n- third\n# no heading",
  "  blanks at both ends  ",
  "\\ a backslash \\n and \\* a star",
  "*Not written yet.*",
  "**C1**\n\nlooks like a heading",
  'json: {"a": [1]}',
];
