import type { Actor } from '../../../http/actor.ts'

const entriesDefault = 200
/** Judging as many as this costs well below 5 ms; the operator may not raise beyond (security.md §2.3). */
const entriesMax = 1_000

export const entryLimitOf = ({ entitlements }: Pick<Actor, 'entitlements'>): number => {
  const given = entitlements['ip_entry_limit']
  return typeof given === 'number' && Number.isInteger(given) ? Math.min(given, entriesMax) : entriesDefault
}
