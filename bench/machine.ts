import { arch, availableParallelism, cpus, freemem, loadavg, release, totalmem, type } from 'node:os'

const gigabytes = (bytes: number): number => Number((bytes / 2 ** 30).toFixed(1))

/** What the figures were measured on; a load beside ours makes them comparisons and not absolutes. */
export const describeMachine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: gigabytes(totalmem()),
  freeMemoryGb: gigabytes(freemem()),
  system: `${type()} ${release()} ${arch()}`,
  node: process.version,
  loadBefore: loadavg().map((load) => Number(load.toFixed(2))),
})
export type Machine = ReturnType<typeof describeMachine>
