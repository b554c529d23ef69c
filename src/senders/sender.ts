import { recordAct } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { conflict, invalidField, notFound, unprocessable, versionConflict } from '../http/errors.ts'
import { pageById } from '../http/id-page.ts'
import type { PageQuery } from '../http/page.ts'
import { parseEmail } from '../lib/email-address.ts'
import { uuidV7 } from '../lib/ids.ts'
import { admitConfirmation, mailConfirmation } from './confirmation.ts'
import type { NewSender, Sender, SenderChange } from './contract.ts'
import { presentSender, presentSenders } from './presentation.ts'
import {
  clearDefault,
  countRoles,
  findDefaultSender,
  findSender,
  insertSender,
  listSenderRows,
  lockSenders,
  makeOldestDefault,
  removeSender,
  type SenderRow,
  updateSender,
} from './queries.ts'

const readEmail = (pointer: string, text: string): string => {
  const email = parseEmail(text)
  if (email) return email.address
  throw unprocessable('email_invalid', '', {
    errors: [{ pointer, code: 'email_invalid', detail: 'is no e-mail address' }],
  })
}

const readReplyTo = (text: string | null): string | null =>
  text === null ? null : readEmail('/reply_to', text)

const checkRoles = async (
  trx: Trx,
  accountId: string,
  ids: readonly string[] | undefined,
): Promise<string[]> => {
  const wanted = [...new Set(ids)]
  if ((await countRoles(trx, accountId, wanted)) !== wanted.length) throw unprocessable('unknown_role')
  return wanted
}

/** Two senders of one name and address are one. */
const claimingName = async <T>(act: Promise<T>): Promise<T> => {
  try {
    return await act
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    throw code === '23505' && constraint === 'sender_identities_value' ? conflict('name_taken') : error
  }
}

/** Runs `act` while no other change of the account's senders runs. */
const alone = <T>(deps: Deps, accountId: string, act: (trx: Trx) => Promise<T>): Promise<T> =>
  claimingName(
    inAccount(deps.db, accountId, async (trx) => {
      await lockSenders(trx, accountId)
      return act(trx)
    }),
  )

const getSender = async (
  trx: Trx,
  accountId: string,
  id: string,
  ifMatch: number | null,
): Promise<SenderRow> => {
  const row = await findSender(trx, accountId, id)
  if (!row) throw notFound()
  if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
  return row
}

export const listSenders = (deps: Deps, actor: Actor, query: PageQuery, now: Date) =>
  inAccount(deps.db, actor.accountId, (trx) =>
    pageById(
      query,
      'senders',
      now,
      async (after, limit) =>
        presentSenders(trx, actor.accountId, await listSenderRows(trx, actor.accountId, after, limit)),
      (sender) => sender,
    ),
  )

export const readSender = (deps: Deps, actor: Actor, id: string): Promise<Sender> =>
  inAccount(deps.db, actor.accountId, async (trx) =>
    presentSender(trx, actor.accountId, await getSender(trx, actor.accountId, id, null)),
  )

/** Asks the mailbox where nothing else vouches for the address. */
const withConfirmation = async (trx: Trx, deps: Deps, actor: Actor, row: SenderRow): Promise<Sender> => {
  const sender = await presentSender(trx, actor.accountId, row)
  if (sender.state !== 'pending') return sender
  return presentSender(trx, actor.accountId, await mailConfirmation(trx, deps, actor, row))
}

/** Verified at once on an authorized domain; elsewhere a link goes to the address (email.md §2.4). */
export const createSender = async (
  deps: Deps,
  actor: Actor,
  given: NewSender,
  now: Date,
): Promise<Sender> => {
  const { accountId } = actor
  const value = readEmail('/email', given.email)
  const replyTo = readReplyTo(given.reply_to ?? null)
  await admitConfirmation(deps, accountId, value)
  return alone(deps, accountId, async (trx) => {
    const roles = await checkRoles(trx, accountId, given.allowed_role_ids)
    const isDefault = given.default === true || !(await findDefaultSender(trx, accountId))
    if (isDefault) await clearDefault(trx, accountId)
    const row = await insertSender(trx, accountId, {
      id: uuidV7(now),
      name: given.name,
      value,
      reply_to: replyTo,
      is_default: isDefault,
      allowed_role_ids: roles,
      state: 'pending',
    })
    const after = await withConfirmation(trx, deps, actor, row)
    await recordAct(trx, deps, actor, { action: 'sender.created', type: 'sender', id: row.id, after })
    return after
  })
}

export const changeSender = async (
  deps: Deps,
  actor: Actor,
  id: string,
  change: SenderChange,
  ifMatch: number | null,
): Promise<Sender> => {
  const { accountId } = actor
  const value = change.email === undefined ? null : readEmail('/email', change.email)
  const replyTo = change.reply_to === undefined ? undefined : readReplyTo(change.reply_to)
  if (value !== null) await admitConfirmation(deps, accountId, value)
  return alone(deps, accountId, async (trx) => {
    const row = await getSender(trx, accountId, id, ifMatch)
    const before = await presentSender(trx, accountId, row)
    const moved = value !== null && value.toLowerCase() !== row.value.toLowerCase()
    if (row.is_default && change.default === false)
      throw invalidField('/default', 'not_in_list', 'make another sender the default instead')
    const roles = change.allowed_role_ids && (await checkRoles(trx, accountId, change.allowed_role_ids))
    if (change.default && !row.is_default) await clearDefault(trx, accountId)
    const changed = await updateSender(trx, accountId, id, {
      name: change.name ?? row.name,
      value: value ?? row.value,
      reply_to: replyTo === undefined ? row.reply_to : replyTo,
      is_default: change.default ?? row.is_default,
      allowed_role_ids: roles ?? row.allowed_role_ids,
      ...(moved && row.state !== 'blocked' ? { state: 'pending', confirmed_at: null } : {}),
    })
    const after = moved
      ? await withConfirmation(trx, deps, actor, changed)
      : await presentSender(trx, accountId, changed)
    await recordAct(trx, deps, actor, {
      action: 'sender.changed',
      type: 'sender',
      id,
      before,
      after,
    })
    return after
  })
}

export const deleteSender = (deps: Deps, actor: Actor, id: string, ifMatch: number | null): Promise<void> =>
  alone(deps, actor.accountId, async (trx) => {
    const row = await getSender(trx, actor.accountId, id, ifMatch)
    const before = await presentSender(trx, actor.accountId, row)
    await removeSender(trx, actor.accountId, id)
    if (row.is_default) await makeOldestDefault(trx, actor.accountId)
    await recordAct(trx, deps, actor, { action: 'sender.deleted', type: 'sender', id, before })
  })
