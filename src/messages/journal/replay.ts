import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { SubmitAnswer } from '../../channels/channel.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { isUuid } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import { lockSource, releaseClaims } from '../engine/claim/queries.ts'
import { deleteLease } from '../engine/lease/queries.ts'
import { recordResults } from '../engine/record/queries.ts'
import type { NoteRefusals } from '../engine/refusals.ts'
import { toResult } from '../engine/results.ts'
import type { SourceKind } from '../source.ts'
import { journalEnding, journalFolder } from './file.ts'
import { isRunning, type Owner } from './owner.ts'
import { isNodeAlive, type LeftRow, listLeft } from './queries.ts'
import { type LeftLease, readJournalFile } from './reading.ts'

/** A node that was not heard of for so long is dead; it beats every 5 seconds. */
const silentSeconds = 20

const lostText = 'the sender stopped before the answer was stored'
const unanswered: SubmitAnswer = { kind: 'unanswered', code: '', text: lostText }

/** The lane tells what a message belongs to (sending.md §8). */
const kindOf = (lane: number): SourceKind => (lane <= 1 ? 'transactional' : lane === 2 ? 'test' : 'campaign')

/** What became of a handed message (sending.md §4.2). */
const answerOf = ({ begun }: LeftLease, messageId: string, complete: boolean): SubmitAnswer => {
  const answer = begun.get(messageId)
  if (answer) return answer
  return begun.has(messageId) || !complete ? unanswered : { kind: 'not_begun' }
}

type Answered = { readonly row: LeftRow; readonly answer: SubmitAnswer }

const tellRefusals = async (
  trx: Trx,
  deps: Deps,
  left: LeftLease,
  answered: readonly Answered[],
  noteRefusals: NoteRefusals,
): Promise<void> => {
  const { accountId, sourceId, runMonth } = left.lease
  const refusals = answered.flatMap(({ row, answer }) =>
    answer.kind === 'permanent'
      ? {
          messageId: row.message_id,
          sourceId,
          runMonth,
          contactId: row.contact_id,
          address: row.address,
          class: answer.class,
          code: answer.code,
          text: answer.text,
          origin: kindOf(row.lane),
        }
      : [],
  )
  if (refusals.length > 0) await noteRefusals(trx, deps, accountId, refusals)
}

type Parts = { readonly noteRefusals?: NoteRefusals }

/** Decides every row of a lease whose sender is gone, and ends the lease. */
const settleLease = (deps: Deps, left: LeftLease, complete: boolean, parts: Parts): Promise<void> =>
  inAccount(deps.db, left.lease.accountId, async (trx) => {
    const { lease } = left
    const rows = await listLeft(trx, lease)
    const answered = rows
      .filter((row) => row.state !== 'claimed')
      .map((row) => ({ row, answer: answerOf(left, row.message_id, complete) }))
    const now = deps.clock.now()
    const results = answered.map(({ row, answer }) =>
      toResult(row.message_id, answer, {
        attempts: row.attempts,
        plannedAt: row.planned_at,
        now,
        random: Math.random(),
        kind: kindOf(row.lane),
      }),
    )
    const refused = results.length > 0 ? new Set(await recordResults(trx, lease, results)) : new Set()
    if (parts.noteRefusals) {
      const told = answered.filter(({ row }) => refused.has(row.message_id))
      await tellRefusals(trx, deps, left, told, parts.noteRefusals)
    }
    const claimed = rows.filter((row) => row.state === 'claimed').map((row) => row.message_id)
    if (claimed.length > 0) {
      await lockSource(trx, lease.accountId, lease.sourceId)
      await releaseClaims(trx, lease, claimed)
    }
    await deleteLease(trx, lease, false)
    await notify(trx, lease.accountId, 'campaign', lease.sourceId)
  })

const nodeOf = (path: string): string => basename(path).split('.')[0] ?? ''

/** Whether its writer can write no more. One that cannot be seen from here is judged by what was last heard of its node. */
const isLeft = async (deps: Deps, owner: Owner | null, nodeId: string): Promise<boolean> => {
  const running = owner && isRunning(owner)
  if (running !== null) return !running
  return !isUuid(nodeId) || !(await isNodeAlive(deps.db, nodeId, silentSeconds))
}

export type ReplayOptions = Parts & {
  /** A writer of this process that ended: its files are read although the process lives. */
  readonly ended?: { readonly nodeId: string; readonly writer: string }
}

const replayFile = async (deps: Deps, path: string, options: ReplayOptions): Promise<void> => {
  const left = readJournalFile(path)
  const { ended } = options
  const isEnded = ended !== undefined && basename(path).startsWith(`${ended.nodeId}.${ended.writer}.`)
  if (!isEnded && !(await isLeft(deps, left.owner, nodeOf(path)))) return
  for (const lease of left.leases) await settleLease(deps, lease, left.complete, options)
  rmSync(path, { force: true })
}

/**
 * Reads the journals that dead senders left on this machine and decides their rows by them: what was not begun goes back,
 * what was answered gets its answer, what was begun without an answer is uncertain. Done before this process sends, and
 * before recovery, which knows nothing of journals, could call all of them uncertain. Safe to repeat.
 */
export const replayJournals = async (deps: Deps, options: ReplayOptions = {}): Promise<void> => {
  const folder = journalFolder(deps.config.dataDir)
  for (const name of listJournals(folder)) {
    try {
      await replayFile(deps, join(folder, name), options)
    } catch (error) {
      // Recovery decides its rows when their lease runs out; the file is tried again.
      deps.log.error({ err: error, journal: name }, 'a hand-off journal could not be applied')
    }
  }
}

const listJournals = (folder: string): string[] => {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(journalEnding))
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}
