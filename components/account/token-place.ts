/** An engagement that a token can be limited to. */
export interface TokenPlace {
  readonly id: string;
  readonly name: string;
}
