/** Milliseconds for which work kept the processor busy: a machine that does other things as well does not lengthen them. */
export async function cpuTime(work: () => unknown): Promise<number> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}
