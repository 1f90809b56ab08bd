/** Colours that a terminal paints. */
export type Colour = "red" | "green" | "dim";

/** What commands see of the world around them. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends waits and requests when the person interrupts. */
  readonly signal: AbortSignal;
  /** Whether there is somebody who can be asked. */
  readonly canAsk: boolean;
  readonly now: () => Date;
  /** Results, one line or more. */
  out(text: string, colour?: Colour): void;
  /** What is told beside the results: progress, warnings, errors. */
  note(text: string): void;
  /** Asks for a line that is not shown. */
  secret(prompt: string): Promise<string>;
  /** Asks a question; true for yes. */
  confirm(prompt: string): Promise<boolean>;
  /** Everything that is piped in. */
  input(): Promise<string>;
  /** Has the person edit a file. @returns the editor's status */
  edit(path: string): Promise<number>;
  /** @throws an AbortError when the person interrupts */
  wait(milliseconds: number): Promise<void>;
}

/** Signs that steer a terminal. */
const STEERING = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

/** Text without signs that steer a terminal: what others wrote must not move the cursor or paint over lines. */
export function harmless(text: string): string {
  return text.replace(STEERING, "\ufffd");
}

/** A value as JSON that is the same to the letter when it is read, and has no sign in it that steers a terminal. */
export function exactJson(value: unknown): string {
  const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value, null, 2).replace(STEERING, escaped);
}

/** Rows under each other in columns; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const flat = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, " ")));
  const width = (at: number) => Math.max(...flat.map((row) => row[at]?.length ?? 0));
  return flat
    .map((row) =>
      row
        .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(width(at))))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
