import { instanceAccountId, type Trx } from '../db/pool.ts'
import type { Where } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import type { PermissionKey } from '../http/permissions/contract.ts'
import { enqueue } from '../jobs/index.ts'
import { addMs } from '../lib/clock.ts'
import { uuidV7 } from '../lib/ids.ts'
import { addressOf, channelOf, macOf, sealContent } from './content.ts'
import {
  type Circumstances,
  type Destination,
  lifeSecondsOf,
  type SystemKind,
  type SystemMessage,
  type SystemValues,
} from './kinds.ts'
import {
  findReachable,
  insertSystemMessage,
  listAdministrators,
  listHolders,
  type Reachable,
} from './queries.ts'
import { render } from './rendering/render.ts'
import { isKept } from './route.ts'

/**
 * Queues one message in the caller's transaction: it leaves if and only if that commits. Answers its id. Whoever sends
 * a code by SMS asks `guardSms` first.
 */
export const sendSystem = async (trx: Trx, deps: Deps, message: SystemMessage): Promise<string> => {
  const now = deps.clock.now()
  const id = uuidV7(now)
  const { kind, accountId, userId, to } = message
  const channel = channelOf(to)
  const kept = isKept(deps.config, channel)
  await insertSystemMessage(trx, {
    id,
    channel,
    kind,
    accountId,
    userId,
    toMac: macOf(deps, addressOf(to)),
    content: sealContent(deps, id, render(deps.config, message)),
    state: kept ? 'kept' : 'queued',
    expiresAt: addMs(now, lifeSecondsOf(kind, channel) * 1000),
  })
  if (!kept) await enqueue(trx, 'deliver_system', { account_id: instanceAccountId, id })
  return id
}

type ToPerson<K extends SystemKind> = {
  readonly accountId: string
  readonly userId: string
  readonly kind: K
  readonly values: SystemValues[K]
}
type ToAdministrators<K extends SystemKind> = {
  readonly accountId: string
  /** Not told: usually whoever did it, or whom it is about and who is told otherwise. */
  readonly exceptUserId?: string
  readonly kind: K
  readonly values: SystemValues[K]
}

const sendTo = <K extends SystemKind>(
  trx: Trx,
  deps: Deps,
  person: Reachable,
  to: Destination,
  { accountId, kind, values }: Pick<ToPerson<K>, 'accountId' | 'kind' | 'values'>,
): Promise<string> =>
  sendSystem(trx, deps, {
    accountId,
    userId: person.id,
    kind,
    to,
    language: person.language,
    timeZone: person.time_zone,
    values,
  } as unknown as SystemMessage)

/** Tells a person through every known channel: the mailbox, and the number where it is proven (security.md §3.6). */
export const notify = async <K extends SystemKind>(
  trx: Trx,
  deps: Deps,
  notice: ToPerson<K>,
): Promise<void> => {
  const person = await findReachable(trx, notice.accountId, notice.userId)
  if (!person) return
  await sendTo(trx, deps, person, { email: person.email }, notice)
  if (person.phone && deps.config.systemSms !== 'off')
    await sendTo(trx, deps, person, { phone: person.phone }, notice)
}

/** A mail to everybody who may change users, roles or security of the account. */
export const notifyAdministrators = async <K extends SystemKind>(
  trx: Trx,
  deps: Deps,
  notice: ToAdministrators<K>,
): Promise<void> => {
  for (const person of await listAdministrators(trx, notice.accountId)) {
    if (person.id !== notice.exceptUserId) await sendTo(trx, deps, person, { email: person.email }, notice)
  }
}

/** A mail to everybody who holds a permission. */
export const notifyHolders = async <K extends SystemKind>(
  trx: Trx,
  deps: Deps,
  permission: PermissionKey,
  notice: ToAdministrators<K>,
): Promise<void> => {
  for (const person of await listHolders(trx, notice.accountId, [permission]))
    await sendTo(trx, deps, person, { email: person.email }, notice)
}

/** Time, address and browser of a request, for the values of a message. */
export const circumstances = (deps: Deps, where: Pick<Where, 'address' | 'agent'>): Circumstances => ({
  at: deps.clock.now(),
  address: where.address,
  agent: where.agent,
})
