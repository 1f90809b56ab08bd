/**
 * Lets some works go on at a time, and the others wait in the order in which they came.
 * @returns begins a work when it is its turn, and ends as it does
 */
export function atMost(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < count) running += 1;
    else await new Promise<void>((turn) => waiting.push(turn));
    try {
      return await work();
    } finally {
      // Whoever is next takes over the place, so that nobody who comes meanwhile gets before them.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
