import { findAccount } from '../../accounts/index.ts'
import { byActor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { BodyOf, QueryOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import { makePublicId } from '../api-keys/key-text.ts'
import { entryRules, readEntryList } from '../network/index.ts'
import type { createSmtpCredential, listSmtpCredentials, listStreams, SmtpCredential } from './contract.ts'
import {
  type CredentialRow,
  deleteCredential,
  findStream,
  insertCredential,
  listCredentialRows,
  listStreamRows,
} from './queries.ts'

export type CredentialWork = { readonly deps: Deps; readonly actor: Actor; readonly now: Date }

export const usernameOf = (publicId: string): string => `smtp_${publicId}`

const toCredential = (row: CredentialRow): SmtpCredential => ({
  id: row.id,
  username: usernameOf(row.public_id),
  name: row.name,
  stream_id: row.stream_id,
  cidrs: row.cidrs,
  last_used_at: row.last_used_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
})

export const listCredentials = (work: CredentialWork, query: QueryOf<typeof listSmtpCredentials>) =>
  inAccount(work.deps.db, work.actor.accountId, (trx) =>
    pageById(
      query,
      'smtp-credentials',
      work.now,
      (after, limit) => listCredentialRows(trx, work.actor.accountId, after, limit),
      toCredential,
    ),
  )

export const listStreamPage = (work: CredentialWork, query: QueryOf<typeof listStreams>) =>
  inAccount(work.deps.db, work.actor.accountId, (trx) =>
    pageById(
      query,
      'streams',
      work.now,
      (after, limit) => listStreamRows(trx, work.actor.accountId, after, limit),
      (row) => row,
    ),
  )

export const addCredential = (work: CredentialWork, given: BodyOf<typeof createSmtpCredential>) => {
  const { deps, actor, now } = work
  const networks = readEntryList(given.cidrs ?? [], entryRules(deps.config), '/cidrs')
  const cidrs = networks.map((network) => network.canonical)
  const [id, secret] = [uuidV7(now), makeToken()]
  return inAccount(deps.db, actor.accountId, async (trx) => {
    const account = await findAccount(trx, actor.accountId)
    if (account?.status === 'pending') throw new AppError('account_pending', 403)
    if (!(await findStream(trx, actor.accountId, given.stream_id))) throw notFound()
    const row = await insertCredential(trx, actor.accountId, {
      id,
      publicId: makePublicId(),
      name: given.name,
      streamId: given.stream_id,
      secretHash: hashToken(secret),
      cidrs,
      createdBy: actor.userId,
    })
    const credential = toCredential(row)
    const { name, username, stream_id } = credential
    await record(trx, deps, byActor(actor), {
      action: 'smtp_credential.created',
      object: { type: 'smtp_credential', id },
      diff: { before: null, after: { name, username, stream_id, cidrs } },
    })
    return { ...credential, secret }
  })
}

export const removeCredential = ({ deps, actor }: CredentialWork, id: string) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const gone = await deleteCredential(trx, actor.accountId, id)
    if (!gone) throw notFound()
    await record(trx, deps, byActor(actor), {
      action: 'smtp_credential.deleted',
      object: { type: 'smtp_credential', id },
      diff: { before: { name: gone.name, username: usernameOf(gone.public_id) }, after: null },
    })
    return null
  })
