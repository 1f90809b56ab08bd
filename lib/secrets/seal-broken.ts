/**
 * A sealed text, or a wrapped key, does not open: it was changed, or moved to another place, or its key is another one
 * or destroyed. Which of these it is cannot be told apart, and nothing of the content is in the message.
 */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
}
