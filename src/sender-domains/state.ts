import { addMs, hoursMs } from '../lib/clock.ts'
import type { SenderDomain } from './contract.ts'
import { neededFor, type RecordKind } from './records/expected.ts'

export type DomainState = SenderDomain['state']
export type RecordState = 'pending' | 'valid' | 'invalid' | 'warning'

export type JudgedRecord = {
  readonly kind: RecordKind
  readonly type: string
  readonly selector: string | null
  readonly state: RecordState
  readonly invalid_since: Date | null
  readonly retired_until: Date | null
}

/** A change may take as long to reach everybody; until then it is no loss. */
export const brokenAfterMs = hoursMs(6)
/** Until then API and SMTP submission go on from a broken domain. */
export const transactionalGraceMs = hoursMs(72)

const counts = (record: JudgedRecord, now: Date): boolean =>
  record.retired_until === null || record.retired_until > now

/** Groups of which one whole group suffices: any DKIM key; the return path under its present or its former label. */
const groupsOf = (records: readonly JudgedRecord[], kind: RecordKind, now: Date): JudgedRecord[][] => {
  const own = records.filter((record) => record.kind === kind && counts(record, now))
  if (kind === 'dkim') return own.map((record) => [record])
  const present = own.filter((record) => record.retired_until === null)
  const former = own.filter((record) => record.retired_until !== null)
  return [present, former].filter((group) => group.length > 0)
}

/** Whether the records of a kind are right now. */
export const isValid = (records: readonly JudgedRecord[], kind: RecordKind, now: Date): boolean =>
  groupsOf(records, kind, now).some((group) => group.every(({ state }) => state === 'valid'))

const alwaysNeeded = (['ownership', 'dkim', 'return_path'] as const).filter(
  (kind) => neededFor(kind) === 'always',
)

export const isComplete = (records: readonly JudgedRecord[], now: Date): boolean =>
  alwaysNeeded.every((kind) => isValid(records, kind, now))

/** A record of the kind was right and has been wrong, check after check, for six hours. */
const isLost = (records: readonly JudgedRecord[], kind: RecordKind, now: Date): boolean =>
  !isValid(records, kind, now) &&
  groupsOf(records, kind, now).every((group) =>
    group.some(({ invalid_since }) => invalid_since !== null && addMs(invalid_since, brokenAfterMs) <= now),
  )

/** The state after a check (email.md §2.3). `authorizedBefore`: it was complete once. */
export const stateAfter = (
  before: DomainState,
  records: readonly JudgedRecord[],
  authorizedBefore: boolean,
  now: Date,
): DomainState => {
  if (before === 'draft' || before === 'disabled') return before
  if (isComplete(records, now)) return 'authorized'
  if (before === 'broken') return 'broken'
  if (authorizedBefore)
    return alwaysNeeded.some((kind) => isLost(records, kind, now)) ? 'broken' : 'authorized'
  return records.some(({ kind, state }) => neededFor(kind) === 'always' && state === 'valid')
    ? 'partial'
    : 'pending'
}
