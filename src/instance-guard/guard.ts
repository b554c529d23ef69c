import { randomUUID } from 'node:crypto'
import type { Config } from '../config.ts'
import { inAccount, instanceAccountId, type Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { AppError } from '../http/errors.ts'
import type { HeldReason } from './contract.ts'
import { type KeptMark, type Mark, readMark, writeMark } from './mark-file.ts'
import {
  findHeldReason,
  type GuardRow,
  holdInstance,
  insertGuard,
  lockGuard,
  raiseMark,
  releaseInstance,
} from './queries.ts'

export const sealPurpose = 'instance-guard'

/** Far beyond every mark that a node may have kept, so that none of them takes the confirmed database for a backup. */
const markLeap = 1_000_000_000

const loopbackNames = /^(localhost|127(\.\d+){3}|\[::1\])$/
/** All names of the own machine are one: they tell nobody which machine it is. */
const publicHostOf = ({ publicUrl }: Pick<Config, 'publicUrl'>): string => {
  const { hostname } = new URL(publicUrl)
  return loopbackNames.test(hostname) ? 'localhost' : hostname
}

const sealedFor = (deps: Deps, instanceId: string): Buffer =>
  deps.keys.seal(sealPurpose, instanceId, Buffer.from(instanceId))

/** What does not fit, null when all does (sending.md §4.6). */
const judge = (deps: Deps, row: GuardRow, kept: KeptMark | null): HeldReason | null => {
  if (!deps.keys.open(sealPurpose, row.instance_id, row.secret_sealed)) return 'secret'
  if (kept && kept.instanceId !== row.instance_id) return 'instance'
  if (row.public_host !== publicHostOf(deps.config)) return 'host'
  if (kept?.moved) return 'place'
  return kept && kept.mark > row.mark ? 'backup' : null
}

const nameInstance = async (trx: Trx, deps: Deps): Promise<GuardRow> => {
  const instanceId = randomUUID()
  const publicHost = publicHostOf(deps.config)
  await insertGuard(trx, { instanceId, secretSealed: sealedFor(deps, instanceId), publicHost })
  const row = await lockGuard(trx)
  if (!row) throw new Error('the guard of the installation was not written')
  return row
}

type Looked = { readonly reason: HeldReason | null; readonly found: boolean; readonly mark: Mark }

const look = (deps: Deps, kept: KeptMark | null): Promise<Looked> =>
  inAccount(deps.db, instanceAccountId, async (trx) => {
    const known = await lockGuard(trx)
    const row = known ?? (await nameInstance(trx, deps))
    const mark = { instanceId: row.instance_id, mark: row.mark + 1 }
    if (row.held_reason) return { reason: row.held_reason as HeldReason, found: false, mark }
    // A database that has just been made has nothing to send, whatever this node remembers.
    const reason = known ? judge(deps, row, kept) : null
    if (reason) {
      await holdInstance(trx, reason, { public_host: publicHostOf(deps.config), known_as: row.public_host })
      return { reason, found: true, mark }
    }
    await raiseMark(trx, deps.keys.reseal(sealPurpose, row.instance_id, row.secret_sealed))
    return { reason: null, found: false, mark }
  })

/**
 * On start and every minute, by each node: is this the installation it was? When something does not fit, all of it is held
 * until the operator says which one it is; nothing that is held lets go by itself.
 */
export const checkInstance = async (deps: Deps): Promise<HeldReason | null> => {
  const { reason, found, mark } = await look(deps, await readMark(deps.config.dataDir))
  if (found) {
    deps.log.error(
      { reason },
      'this looks like a copy of an installation: nothing is sent until `campanile instance confirm` says what it is',
    )
  }
  if (!reason) await writeMark(deps.config.dataDir, mark)
  return reason
}

/** @throws AppError 503 `instance_held`: nothing may be set going on what may be a copy. */
export const refuseWhileHeld = async (trx: Trx): Promise<void> => {
  if (await findHeldReason(trx)) throw new AppError('instance_held', 503)
}

/** The operator's word: the moved original keeps its name, a copy gets one of its own. */
export const confirmInstance = async (trx: Trx, deps: Deps, as: 'original' | 'copy'): Promise<Mark> => {
  const row = (await lockGuard(trx)) ?? (await nameInstance(trx, deps))
  const instanceId = as === 'copy' ? randomUUID() : row.instance_id
  const mark = row.mark + markLeap
  const secretSealed = sealedFor(deps, instanceId)
  await releaseInstance(trx, { instanceId, secretSealed, publicHost: publicHostOf(deps.config), mark })
  return { instanceId, mark }
}

export const keepMark = (deps: Deps, mark: Mark): Promise<void> => writeMark(deps.config.dataDir, mark)
