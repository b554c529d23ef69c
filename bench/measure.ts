export type Measure = {
  readonly name: string
  readonly messages: number
  readonly seconds: number
  readonly perSecond: number
  /** Processor time of the measuring process alone, in microseconds per message. */
  readonly cpuMicroseconds: number
}

/** Runs the work once to warm up with a tenth, then measures it. */
export const measure = async (
  name: string,
  messages: number,
  work: (messages: number) => Promise<void>,
): Promise<Measure> => {
  await work(Math.ceil(messages / 10))
  const cpu = process.cpuUsage()
  const since = performance.now()
  await work(messages)
  const seconds = (performance.now() - since) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  return {
    name,
    messages,
    seconds: Number(seconds.toFixed(3)),
    perSecond: Math.round(messages / seconds),
    cpuMicroseconds: Number(((user + system) / messages).toFixed(1)),
  }
}

export const printTable = (measures: readonly Measure[]): void => {
  const width = Math.max(...measures.map(({ name }) => name.length))
  console.log(`${'what'.padEnd(width)}  messages/s  CPU µs/message`)
  for (const { name, perSecond, cpuMicroseconds } of measures) {
    const speed = perSecond.toLocaleString('en').padStart(10)
    console.log(`${name.padEnd(width)}  ${speed}  ${cpuMicroseconds.toFixed(1).padStart(14)}`)
  }
}
