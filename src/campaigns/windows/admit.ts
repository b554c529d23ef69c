import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import type { Admission, AdmissionRow } from '../../messages/index.ts'
import type { SendWindow } from './contract.ts'
import { nextOpening } from './opening.ts'
import { findAccountZone, listZones } from './queries.ts'

/** In the words of the limiting factor. */
const factor = 'sending window'

const zoneOr = (zone: string | undefined, other: string): string => (zone && isTimeZone(zone) ? zone : other)

/** Which recipients of a run with windows may be written to at this hour; the others wait for their next opening. */
export const admitByWindows =
  (deps: Deps, accountId: string, windows: readonly SendWindow[]) =>
  async (trx: Trx, rows: readonly AdmissionRow[]): Promise<Admission> => {
    const now = deps.clock.now()
    const account = zoneOr(await findAccountZone(trx, accountId), 'UTC')
    const perContact = windows.some((window) => window.zone === 'contact')
    const zones = perContact
      ? await listZones(
          trx,
          accountId,
          rows.map((row) => row.recipientKey),
        )
      : new Map<string, string>()
    const openings = new Map<string, number>()
    const waitOf = (zone: string): number => {
      const known = openings.get(zone)
      if (known !== undefined) return known
      const opens = nextOpening(windows, { contact: zone, account }, now)
      const seconds = Math.ceil((opens.getTime() - now.getTime()) / 1_000)
      openings.set(zone, seconds)
      return seconds
    }
    const admission = { now: [] as string[], later: [] as Admission['later'][number][] }
    for (const { recipientKey } of rows) {
      const seconds = waitOf(zoneOr(zones.get(recipientKey), account))
      if (seconds === 0) admission.now.push(recipientKey)
      else admission.later.push({ key: recipientKey, seconds, factor })
    }
    return admission
  }
