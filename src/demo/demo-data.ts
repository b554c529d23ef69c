import { recordAct } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { notify, type Topic } from '../live/index.ts'
import {
  type OperationRunner,
  type OperationType,
  startOperation,
  steerOperation,
} from '../operations/index.ts'
import { deleteSuppressions, findLatestOperation, lockDemoMark, setDemoMark } from './queries.ts'
import { deleteCampaigns, deleteContacts, deleteGroups, deleteUnusedFields } from './removal/queries.ts'
import { writeSampleData } from './sample-data.ts'

const openStates: readonly string[] = ['pending', 'in_progress', 'paused']

const start = (
  trx: Trx,
  deps: Deps,
  accountId: string,
  type: Extract<OperationType, 'demo_data' | 'demo_data_removal'>,
  startedBy: string,
): Promise<string> => startOperation(trx, deps, accountId, { type, object: null, startedBy })

/** Of two opposite wishes the later one counts: the other's work is rolled back where it stands. */
const withdraw = async (
  trx: Trx,
  accountId: string,
  type: 'demo_data' | 'demo_data_removal',
): Promise<void> => {
  const latest = await findLatestOperation(trx, accountId, type)
  if (latest && openStates.includes(latest.state)) await steerOperation(trx, accountId, latest.id, 'cancel')
}

/** Starts the adding; while the data are there or on their way, it answers the operation that brings them. */
export const startDemoData = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  startedBy: string,
): Promise<string> => {
  const { demo_data_at: present } = await lockDemoMark(trx, accountId)
  await withdraw(trx, accountId, 'demo_data_removal')
  const latest = await findLatestOperation(trx, accountId, 'demo_data')
  const stands =
    latest && (openStates.includes(latest.state) || (present !== null && latest.state === 'completed'))
  if (latest && stands) return latest.id
  return start(trx, deps, accountId, 'demo_data', startedBy)
}

const recordWish = async (trx: Trx, deps: Deps, actor: Actor, demoData: boolean): Promise<void> =>
  recordAct(trx, deps, actor, {
    action: 'account.changed',
    type: 'account',
    id: actor.accountId,
    before: { demo_data: !demoData },
    after: { demo_data: demoData },
  })

export const addDemo = (deps: Deps, actor: Actor): Promise<string> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const id = await startDemoData(trx, deps, actor.accountId, actor.userId)
    await recordWish(trx, deps, actor, true)
    return id
  })

export const removeDemo = (deps: Deps, actor: Actor): Promise<string> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId, userId } = actor
    await lockDemoMark(trx, accountId)
    await withdraw(trx, accountId, 'demo_data')
    const latest = await findLatestOperation(trx, accountId, 'demo_data_removal')
    const open = latest && openStates.includes(latest.state) ? latest.id : null
    const id = open ?? (await start(trx, deps, accountId, 'demo_data_removal', userId))
    await recordWish(trx, deps, actor, false)
    return id
  })

const changed: readonly Topic[] = ['contact', 'group', 'campaign', 'account']
const tell = async (trx: Trx, accountId: string): Promise<void> => {
  for (const topic of changed) await notify(trx, accountId, topic)
}

/** Data, mark and progress commit together, so that a killed or repeated run finds all of it or nothing. */
export const runDemoData: OperationRunner = (deps, operation) =>
  inAccount(deps.db, operation.accountId, async (trx) => {
    const { accountId } = operation
    const account = await lockDemoMark(trx, accountId)
    if (account.demo_data_at !== null) return { contacts: 0 }
    const contacts = await writeSampleData(trx, deps, accountId, account.default_language)
    await setDemoMark(trx, accountId, true)
    await tell(trx, accountId)
    await operation.advance(trx, { done: contacts, total: contacts })
    return { contacts }
  })

export const runDemoDataRemoval: OperationRunner = (deps, operation) =>
  inAccount(deps.db, operation.accountId, async (trx) => {
    const { accountId } = operation
    await lockDemoMark(trx, accountId)
    await deleteCampaigns(trx, accountId)
    await deleteSuppressions(trx, accountId)
    await deleteGroups(trx, accountId)
    const contacts = await deleteContacts(trx, accountId)
    await deleteUnusedFields(trx, accountId)
    await setDemoMark(trx, accountId, false)
    await tell(trx, accountId)
    await operation.advance(trx, { done: contacts, total: contacts })
    return { contacts }
  })
