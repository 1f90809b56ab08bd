/** libuv starts no more, whatever is set (docs.libuv.org, "Thread pool work scheduling"). */
const MOST = 1024;

/**
 * `UV_THREADPOOL_SIZE` of a process that looks up names which users choose: as many threads as it needs, or more where the
 * operator has set more. libuv gives half of them at most to names; with the four that there are by itself, two names that
 * nobody answers for would let no other organisation's name be looked up.
 * @param least what it needs
 * @param set what the operator has set; what is empty, smaller or no number does not count
 */
export function threadPool(least: number, set: string | undefined): { readonly UV_THREADPOOL_SIZE: string } {
  const wanted = /^\d+$/.test(set ?? "") ? Math.min(Number(set), MOST) : 0;
  return { UV_THREADPOOL_SIZE: String(Math.max(least, wanted)) };
}
