import type { AccountKeys } from '../../accounts/index.ts'
import type { Json } from '../../lib/canonical-json.ts'
import type { AuditRecord } from '../contract.ts'
import type { Values } from '../masking.ts'
import type { EntryRow } from '../queries.ts'
import { type Details, openApart, type Subject } from '../subjects.ts'

type Sides = { readonly before: Values | null; readonly after: Values | null }

const merge = (kept: Values | null, personal: Values | null | undefined): Values | null =>
  kept || personal ? { ...kept, ...personal } : null

const diffOf = (diff: Json, details: Details | null): AuditRecord['diff'] => {
  if (diff === null && details === null) return null
  const sides = (diff ?? { before: null, after: null }) as unknown as Sides
  return { before: merge(sides.before, details?.before), after: merge(sides.after, details?.after) }
}

/** Personal data that were erased read as null; the record itself stays. */
export const toRecord = (keys: AccountKeys, row: EntryRow): AuditRecord => {
  const apart = openApart<Subject>(keys, row.subject, row.subject_sealed)
  const subject = apart.state === 'open' ? apart.content : null
  const values = openApart<Details>(keys, row.details, row.details_sealed)
  return {
    seq: row.seq,
    at: row.at,
    section: row.section as AuditRecord['section'],
    action: row.action as AuditRecord['action'],
    actor: {
      type: row.actor_type as AuditRecord['actor']['type'],
      id: row.actor_id,
      name: subject?.name ?? null,
      login: subject?.login ?? null,
      on_behalf_of: row.on_behalf_of,
    },
    object: row.object_type ? { type: row.object_type, id: row.object_id } : null,
    result: row.result as AuditRecord['result'],
    reason: row.reason,
    address: subject?.address ?? null,
    agent: subject?.agent ?? null,
    session: row.session_hash,
    request_id: row.request_id,
    amr: row.amr,
    diff: diffOf(row.diff, values.state === 'open' ? values.content : null),
    prev_hash: row.prev_hash.toString('hex'),
    hash: row.hash.toString('hex'),
  }
}
