import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectPool, openDb } from '../db/pool.ts'
import type { DatabaseUrls } from '../db/roles.ts'
import type { Outcome } from './queries.ts'
import { SenderProcess } from './sender-process.ts'
import { type Step, stepMeaning, steps } from './steps.ts'
import { launch, makeCampaign, makeWorld, outcomeOf, type World } from './world.ts'

export type DrillOptions = {
  readonly messages: number
  /** Kills at moments of chance after those at the steps. */
  readonly rounds: number
  readonly threads: number
  readonly urls: DatabaseUrls
}

export type DrillResult = {
  readonly lost: number
  readonly doubled: number
  readonly uncertain: number
  readonly kills: number
  readonly accepted: number
  /** Steps at which nobody died, and campaigns that did not finish. */
  readonly failures: readonly string[]
}

type Say = (line: string) => void

const lookEveryMs = 50
const endMsMax = 180_000
/** Rows without a journal wait for their lease; receipts are waited for before the policy decides (sending.md §5). */
const receiptWaitSeconds = 660
/** How long a sender lives from its first message on. */
const lifeMsMax = 700
/** One death in so many comes at any moment of a start instead. */
const earlyDeathOf = 4
const startMsMax = 4_000

type Drill = { readonly sender: SenderProcess; readonly world: World; readonly say: Say }

const isOver = ({ status }: Outcome): boolean => ['finished', 'failed', 'canceled'].includes(status)

const until = async (world: World, id: string, met: (outcome: Outcome) => boolean): Promise<Outcome> => {
  const deadline = performance.now() + endMsMax
  for (;;) {
    const outcome = await outcomeOf(world, id)
    if (met(outcome) || isOver(outcome) || performance.now() > deadline) return outcome
    await sleep(lookEveryMs)
  }
}

/** Lets the campaign come to its end; uncertain messages are decided by the clock, which the drill owns. */
const finish = async ({ sender, world }: Drill, id: string): Promise<Outcome> => {
  const sent = await until(world, id, ({ pending, audience }) => pending === 0 && audience > 0)
  if (!isOver(sent)) await sender.demand('POST', '/test/clock', { advance_seconds: receiptWaitSeconds })
  return until(world, id, isOver)
}

const tell = (say: Say, what: string, { accepted, uncertain, pending, lost, doubled }: Outcome): void =>
  say(
    `${what.padEnd(62)} accepted ${accepted}, waiting ${pending}, uncertain ${uncertain}, lost ${lost}, doubled ${doubled}`,
  )

/** Kills at each step in turn within one campaign. */
const drillSteps = async (drill: Drill, id: string): Promise<string[]> => {
  const { sender, world, say } = drill
  const missed: string[] = []
  let isLaunched = false
  for (const step of steps) {
    await sender.stop()
    await sender.start(step)
    if (!isLaunched) await launch(sender, id)
    isLaunched = true
    if (!(await sender.died())) missed.push(`nobody died at "${step}"`)
    tell(say, `${step}: ${stepMeaning[step satisfies Step]}`, await outcomeOf(world, id))
  }
  await sender.stop()
  await sender.start(null)
  return missed
}

const add = (one: Outcome, other: Outcome): Outcome => ({
  status: other.status,
  audience: one.audience + other.audience,
  accepted: one.accepted + other.accepted,
  uncertain: one.uncertain + other.uncertain,
  pending: one.pending + other.pending,
  other: one.other + other.other,
  lost: one.lost + other.lost,
  doubled: one.doubled + other.doubled,
})

/** Lives until a moment of chance; mostly one at which messages are on the way. */
const live = async ({ world }: Drill, id: string): Promise<string> => {
  if (Math.random() * earlyDeathOf < 1) {
    const lifeMs = Math.round(Math.random() * startMsMax)
    await sleep(lifeMs)
    return `${lifeMs} ms after its start`
  }
  const begun = await outcomeOf(world, id)
  await until(world, id, ({ accepted }) => accepted > begun.accepted)
  const lifeMs = Math.round(Math.random() * lifeMsMax)
  await sleep(lifeMs)
  return `${lifeMs} ms after its first message`
}

/** Kills at moments of chance; a campaign that came to its end is followed by another. */
const drillRounds = async (drill: Drill, rounds: number): Promise<Outcome[]> => {
  const { sender, world, say } = drill
  const ended: Outcome[] = []
  let id: string | null = null
  for (let round = 1; round <= rounds; round += 1) {
    if (!id) {
      id = await makeCampaign(sender, world)
      await launch(sender, id)
    }
    const moment = await live(drill, id)
    await sender.kill()
    const outcome = await outcomeOf(world, id)
    tell(say, `round ${round}: killed ${moment}`, outcome)
    await sender.start(null)
    if (outcome.pending > 0 || outcome.audience === 0 || outcome.status === 'preparing') continue
    ended.push(await finish(drill, id))
    id = null
  }
  if (id) ended.push(await finish(drill, id))
  return ended
}

const run = async (drill: Drill, options: DrillOptions): Promise<DrillResult> => {
  const first = await makeCampaign(drill.sender, drill.world)
  const missed = await drillSteps(drill, first)
  const ended = [await finish(drill, first), ...(await drillRounds(drill, options.rounds))]
  const unfinished = ended.filter(({ status }) => status !== 'finished')
  const total = ended.reduce(add)
  return {
    lost: total.lost,
    doubled: total.doubled,
    uncertain: total.uncertain,
    accepted: total.accepted,
    kills: steps.length - missed.length + options.rounds,
    failures: [...missed, ...unfinished.map(({ status }) => `a campaign ended as "${status}"`)],
  }
}

/**
 * Kills a sender with signal 9 at every step of a message's way and at moments of chance, lets another take over, and
 * counts in the mailbox what arrived. All of it in an account and a folder of its own.
 */
export const drillKill9 = async (options: DrillOptions, say: Say): Promise<DrillResult> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'campanile-drill-'))
  const pool = connectPool(options.urls.app, { max: 2, name: 'campanile-drill' })
  const sender = await SenderProcess.make(dataDir, options.urls, options.threads)
  try {
    await sender.start(null)
    const world = await makeWorld(sender, openDb(pool), options.messages)
    return await run({ sender, world, say }, options)
  } finally {
    await sender.kill()
    await pool.end()
    await rm(dataDir, { recursive: true, force: true })
  }
}
