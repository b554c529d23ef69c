import { openAccountKeys } from '../accounts/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import { auditSection } from '../http/audit-actions/contract.ts'
import type { Deps } from '../http/deps.ts'
import { type Json, storableJson } from '../lib/canonical-json.ts'
import { isUuid } from '../lib/ids.ts'
import { hashLink, type Link } from './chain.ts'
import type { AuditBy, AuditEntry } from './entry.ts'
import { maskSecrets, type Values } from './masking.ts'
import { hideContacts, takePersonal } from './personal.ts'
import { enterAccount, type Head, insertEntry, insertHead, lockHead, type SealedSubject } from './queries.ts'
import { type Details, sealDetails, sealSubject } from './subjects.ts'

const storable = (text: string | null | undefined, max: number): string | null =>
  text === null || text === undefined ? null : [...(storableJson(text) as string)].slice(0, max).join('')

type Side = { readonly kept: Values | null; readonly personal: Values | null }

const side = (entry: AuditEntry, given: Readonly<Record<string, unknown>> | null | undefined): Side => {
  if (!given) return { kept: null, personal: null }
  const masked = maskSecrets(storableJson(given) as Values)
  const section = auditSection(entry.action, entry.channel)
  return takePersonal(entry.object?.type, hideContacts(section, entry.object?.type, masked))
}

const divide = (entry: AuditEntry): { diff: Json; details: Details | null } => {
  if (!entry.diff) return { diff: null, details: null }
  const before = side(entry, entry.diff.before)
  const after = side(entry, entry.diff.after)
  const personal = before.personal ?? after.personal
  return {
    diff: { before: before.kept, after: after.kept },
    details: personal
      ? { user_id: entry.object?.id ?? null, before: before.personal, after: after.personal }
      : null,
  }
}

const headOf = async (trx: Trx, by: AuditBy): Promise<Head> => {
  const userId = by.type === 'user' && by.id !== null && isUuid(by.id) ? by.id : by.onBehalfOf
  const known = await lockHead(trx, by.accountId, by.type === 'user' ? userId : null)
  if (known) return known
  await insertHead(trx, by.accountId)
  const made = await lockHead(trx, by.accountId, by.type === 'user' ? userId : null)
  if (!made) throw new Error('the application log needs the transaction of its account')
  return made
}

const toLink = (
  by: AuditBy,
  entry: AuditEntry,
  head: Head,
  apart: { diff: Json; subject: SealedSubject | null; details: SealedSubject | null },
): Link => ({
  account_id: by.accountId,
  seq: head.seq + 1,
  at: head.at,
  section: auditSection(entry.action, entry.channel),
  action: entry.action,
  actor_type: by.type,
  actor_id: storable(by.id, 200),
  on_behalf_of: by.onBehalfOf,
  subject: apart.subject?.commitment.toString('hex') ?? null,
  details: apart.details?.commitment.toString('hex') ?? null,
  acting_account_id: entry.actingAccountId ?? null,
  object_type: entry.object?.type ?? null,
  object_id: storable(entry.object?.id, 200),
  result: entry.result ?? 'ok',
  reason: storable(entry.reason, 500),
  session_hash: by.where?.sessionHash ?? null,
  request_id: by.where?.requestId ?? null,
  amr: [...(by.where?.amr ?? [])],
  diff: apart.diff,
})

/**
 * Writes one record in the caller's transaction of the account; both exist or neither. Call it last: it locks the end of
 * the account's chain until the transaction ends.
 */
export const record = async (trx: Trx, deps: Deps, by: AuditBy, entry: AuditEntry): Promise<void> => {
  const head = await headOf(trx, by)
  const keys = openAccountKeys(deps.keys, by.accountId, head.data_key_sealed)
  const { diff, details: values } = divide(entry)
  const subject = sealSubject(keys, by, head)
  const details = sealDetails(keys, values)
  const link = toLink(by, entry, head, { diff, subject, details })
  await insertEntry(trx, link, { prev: head.hash, hash: hashLink(link, head.hash) }, { subject, details })
}

/** As `record`, from a transaction of another account: what concerns two accounts stands in both logs. */
export const recordElsewhere = async (
  trx: Trx,
  deps: Deps,
  by: AuditBy,
  entry: AuditEntry,
): Promise<void> => {
  const before = await enterAccount(trx, by.accountId)
  await record(trx, deps, by, entry)
  await enterAccount(trx, before)
}

/** In a transaction of its own: what was refused, whose own transaction is rolled back or never was. */
export const recordOutside = (deps: Deps, by: AuditBy, entry: AuditEntry): Promise<void> =>
  inAccount(deps.db, by.accountId, (trx) => record(trx, deps, by, entry))
