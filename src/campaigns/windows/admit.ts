import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import type { Admission, AdmissionRow, Run } from '../../messages/index.ts'
import type { SendWindow } from './contract.ts'
import { nextOpening } from './opening.ts'
import { findAccountZone, listZones, waitForOpening } from './queries.ts'

/** In the words of the limiting factor. */
const factor = 'sending window'

const zoneOr = (zone: string | null | undefined, other: string): string =>
  zone && isTimeZone(zone) ? zone : other

/** When each zone opens, looked up once for a claim; by the zone as the contact has it. */
const openingsFor = (windows: readonly SendWindow[], account: string, now: Date) => {
  const known = new Map<string | null, Date>()
  return {
    of: (zone: string | null): Date => {
      const at = known.get(zone) ?? nextOpening(windows, { contact: zoneOr(zone, account), account }, now)
      known.set(zone, at)
      return at
    },
    closed: () => [...known].flatMap(([zone, at]) => (at > now ? [{ zone, due_at: at.toISOString() }] : [])),
  }
}

/** Which recipients of a run with windows may be written to at this hour; the others wait for their next opening. */
export const admitByWindows =
  (deps: Deps, run: Run, windows: readonly SendWindow[]) =>
  async (trx: Trx, rows: readonly AdmissionRow[]): Promise<Admission> => {
    const now = deps.clock.now()
    const account = zoneOr(await findAccountZone(trx, run.accountId), 'UTC')
    const perContact = windows.some((window) => window.zone === 'contact')
    const keys = rows.map((row) => row.recipientKey)
    const zones = perContact ? await listZones(trx, run.accountId, keys) : new Map<string, string>()
    const openings = openingsFor(windows, account, now)
    const admission = { now: [] as string[], later: [] as Admission['later'][number][] }
    for (const key of keys) {
      const opens = openings.of(zones.get(key) ?? null)
      const seconds = Math.ceil((opens.getTime() - now.getTime()) / 1_000)
      if (seconds <= 0) admission.now.push(key)
      else admission.later.push({ key, seconds, factor })
    }
    const closed = openings.closed()
    const [first] = closed
    if (first) await waitForOpening(trx, run, perContact ? { zones: closed } : { all: first.due_at }, factor)
    return admission
  }
