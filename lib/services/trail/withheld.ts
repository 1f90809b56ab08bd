type Fields = Readonly<Record<string, unknown>>;

/**
 * A payload as everybody in an engagement may read it. Network addresses are for the administrators of one's own
 * organisation. So are the states of rows, and the transaction's random name: with them somebody could try out guesses at
 * a text of the other company by its hash.
 */
export function readWithheld(payload: string): Fields {
  const { origin, tx: _tx, changes, ...rest } = JSON.parse(payload) as Fields;
  return {
    ...rest,
    ...(Array.isArray(changes) ? { changes: changes.map(withoutState) } : {}),
    ...(origin === undefined ? {} : { origin: "withheld" }),
  };
}

function withoutState(change: unknown): unknown {
  if (typeof change !== "object" || change === null) return change;
  const { state: _state, number: _number, ...rest } = change as Fields;
  return rest;
}
