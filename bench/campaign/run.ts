import { setTimeout as pause } from 'node:timers/promises'
import { content } from '../send/letter.ts'
import { type ConsoleWait, probeConsole } from './console-probe.ts'
import { type Body, type Program, startProgram } from './program.ts'
import { findAccountId, insertAudience } from './queries.ts'

export type Run = {
  readonly recipients: number
  readonly threads: number
  readonly planningSeconds: number
  readonly sendingSeconds: number
  readonly perSecond: number
  /** From the click to «finished», planning included. */
  readonly perSecondInAll: number
  readonly peakMb: number
  /** Resident memory after each tenth of the run. */
  readonly memoryMb: readonly number[]
  readonly programCpuMicroseconds: number
  readonly databaseCpuMicroseconds: number
  /** What `GET /session` took while the campaign ran. */
  readonly consoleMs: ConsoleWait
}

const prepare = async (program: Program, recipients: number, port: number): Promise<string> => {
  const relay = await program.call('POST', '/sending/providers', {
    channel: 'email',
    kind: 'smtp',
    name: 'Sink',
    config: { host: '127.0.0.1', port, tls: 'none' },
  })
  const routes = (await program.call('GET', '/sending/routes')) as {
    data?: { id: string; channel: string }[]
  }
  const route = routes.data?.find(({ channel }) => channel === 'email')
  await program.call('PATCH', `/sending/routes/${route?.id}`, { providers: [{ provider_id: relay['id'] }] })
  const group = await program.call('POST', '/groups', { name: 'Everybody' })
  for (const [name, type] of [
    ['city', 'text'],
    ['code', 'text'],
    ['score', 'number'],
  ])
    await program.call('POST', '/fields', { name, type })
  const accountId = await findAccountId(program.owner)
  await insertAudience(program.owner, { accountId, groupId: String(group['id']), count: recipients })
  const { text: _text, ...letter } = content
  const campaign = await program.call('POST', '/campaigns', {
    channel: 'email',
    name: 'Spring',
    content: letter,
    audience: { group_ids: [group['id']] },
  })
  return String(campaign['id'])
}

const isOver = (status: unknown): boolean =>
  ['finished', 'failed', 'canceled', 'paused'].includes(String(status))

/** One campaign from the click to «finished», in a fresh program on a fresh database. */
export const runCampaign = async (given: {
  recipients: number
  threads: number
  port: number
}): Promise<Run> => {
  const program = await startProgram({ SENDER_THREADS: String(given.threads) })
  try {
    const id = await prepare(program, given.recipients, given.port)
    const cpuBefore = program.cpu()
    const stopProbe = probeConsole(program)
    const launched = performance.now()
    await program.call('POST', `/campaigns/${id}/send`, {})
    let sendingFrom: number | null = null
    const memoryMb: number[] = []
    for (;;) {
      const campaign = await program.call('GET', `/campaigns/${id}`)
      if (sendingFrom === null && campaign['status'] !== 'preparing') sendingFrom = performance.now()
      const { accepted = 0 } = campaign['counts'] as { accepted?: number }
      if (accepted >= (given.recipients / 10) * (memoryMb.length + 1))
        memoryMb.push(Math.round(program.memory().now))
      if (isOver(campaign['status'])) break
      await pause(250)
    }
    const over = performance.now()
    const consoleMs = await stopProbe()
    await demandWhole(program, id, given.recipients)
    const cpu = program.cpu()
    const perMessage = (seconds: number): number => Number(((seconds * 1e6) / given.recipients).toFixed(1))
    const sendingSeconds = (over - (sendingFrom ?? launched)) / 1_000
    return {
      recipients: given.recipients,
      threads: given.threads,
      planningSeconds: Number((((sendingFrom ?? over) - launched) / 1_000).toFixed(2)),
      sendingSeconds: Number(sendingSeconds.toFixed(2)),
      perSecond: Math.round(given.recipients / sendingSeconds),
      perSecondInAll: Math.round(given.recipients / ((over - launched) / 1_000)),
      peakMb: Math.round(program.memory().peak),
      memoryMb,
      programCpuMicroseconds: perMessage(cpu.program - cpuBefore.program),
      databaseCpuMicroseconds: perMessage(cpu.database - cpuBefore.database),
      consoleMs,
    }
  } finally {
    await program.close()
  }
}

const demandWhole = async (program: Program, id: string, recipients: number): Promise<void> => {
  const accounting: Body = await program.call('GET', `/campaigns/${id}/accounting`)
  if (accounting['accepted'] !== recipients || accounting['balanced'] !== true)
    throw new Error(`the run is not whole: ${JSON.stringify(accounting)}`)
}
