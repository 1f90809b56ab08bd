/** Thrown where a worksheet cannot be drawn: for what is in it, and not for where it is drawn. */
export class Undrawable extends Error {
  override readonly name = "Undrawable";

  /** @param index the place of the worksheet among those of a workbook, counted from 0 */
  constructor(
    readonly index: number,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Draws something of a worksheet, and tells what goes wrong in it apart from all else. @throws Undrawable */
export function drawn<T>(index: number, draw: () => T): T {
  try {
    return draw();
  } catch (error) {
    throw new Undrawable(index, error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** What a thread says of a worksheet that cannot be drawn. */
export interface UndrawableOutcome {
  readonly kind: "undrawable";
  readonly index: number;
  readonly reason: string;
  /** Where in the program it happened: for the log alone. */
  readonly stack: string;
}

/** Why there is no file, as a thread says it. @throws what is neither */
export function undrawableOutcome(error: unknown): UndrawableOutcome {
  if (!(error instanceof Undrawable)) throw error;
  const { index, message, cause } = error;
  return { kind: "undrawable", index, reason: message, stack: (cause instanceof Error && cause.stack) || message };
}
