import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { invalidField } from '../../http/errors.ts'
import { parseTimestamp } from '../../lib/timestamp.ts'
import type { Consent, NewConsent } from './contract.ts'
import { deriveConsent, insertLedgerEntry, type LedgerRow, lockChannel } from './queries.ts'

export const actorProof = (actor: Actor): Record<string, unknown> => ({
  kind: actor.kind,
  user_id: actor.userId,
  name: actor.name,
})

type Basis = 'consent' | 'legitimate_interest' | 'unknown'

/** Only the basis `consent` makes `granted`; the others leave the state `unknown` (contacts.md §6). */
const basisOf = (entry: NewConsent, pointer: string): Basis => {
  if (entry.state === 'granted') {
    if (entry.basis !== undefined && entry.basis !== 'consent')
      throw invalidField(`${pointer}/basis`, 'not_in_list', 'granted needs the basis consent')
    return 'consent'
  }
  if (entry.state === 'unknown' && entry.basis === 'consent')
    throw invalidField(`${pointer}/basis`, 'not_in_list', 'consent is the basis of granted only')
  return entry.basis ?? 'unknown'
}

const atOf = (entry: NewConsent, pointer: string, now: Date): Date => {
  if (entry.at === undefined) return now
  const at = parseTimestamp(entry.at)
  if (!at) throw invalidField(`${pointer}/at`, 'pattern', 'is no point in time')
  if (at > now) throw invalidField(`${pointer}/at`, 'out_of_range', 'lies in the future')
  return at
}

/** Writes ledger entries and brings the current state after them; answers the ids of the entries. */
export const recordConsents = async (
  trx: Trx,
  actor: Actor,
  contactId: string,
  entries: readonly { entry: NewConsent; pointer: string }[],
  now: Date,
): Promise<string[]> => {
  const ids: string[] = []
  for (const { entry, pointer } of entries) {
    const purpose = entry.purpose ?? 'marketing'
    await lockChannel(trx, actor.accountId, contactId, entry.channel)
    const id = await insertLedgerEntry(trx, actor.accountId, {
      contactId,
      channel: entry.channel,
      purpose,
      state: entry.state,
      basis: basisOf(entry, pointer),
      at: atOf(entry, pointer, now),
      source: 'console',
      proof: {
        ...(entry.text ? { text: entry.text } : {}),
        ...(entry.source ? { source: entry.source } : {}),
      },
      actor: actorProof(actor),
    })
    await deriveConsent(trx, actor.accountId, contactId, entry.channel, purpose)
    ids.push(id)
  }
  return ids
}

export const toConsent = (row: LedgerRow): Consent => ({
  id: row.id,
  channel: row.channel as Consent['channel'],
  purpose: row.purpose,
  state: row.state as Consent['state'],
  basis: row.basis as Consent['basis'],
  at: row.at.toISOString(),
  source: row.source,
  proof: row.proof as Consent['proof'],
  actor: row.user_id ? { id: row.user_id, name: `${row.first_name} ${row.last_name}` } : null,
  created_at: row.created_at.toISOString(),
})
