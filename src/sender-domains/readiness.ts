import { addMs } from '../lib/clock.ts'
import type { DomainRow } from './queries.ts'
import type { RecordRow } from './records/queries.ts'
import { isComplete, isValid, transactionalGraceMs } from './state.ts'

/** Whether a campaign may leave from the domain now: every record that it needs is right. */
export const mayCampaign = (row: DomainRow, records: readonly RecordRow[], now: Date): boolean =>
  row.state === 'authorized' && isComplete(records, now) && isValid(records, 'dmarc', now)

/** API and SMTP submission go on for three days after a domain broke: a lost record is no reason to lose an order. */
export const mayTransact = (row: DomainRow, now: Date): boolean =>
  row.state === 'authorized' ||
  (row.state === 'broken' && row.broken_at !== null && addMs(row.broken_at, transactionalGraceMs) > now)
