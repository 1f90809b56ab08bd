import pg from "pg";

/**
 * Counts the statements that some work sends to databases, those that open and end transactions among them: each is a way
 * there and back, and their number says what work costs on any machine. Nothing else may go on meanwhile.
 */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const { prototype } = pg.Client;
  const send = prototype.query;
  let count = 0;
  prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    count += 1;
    return Reflect.apply(send, this, given) as unknown;
  } as typeof send;
  try {
    await work();
  } finally {
    prototype.query = send;
  }
  return count;
}
