import { randomUUID } from 'node:crypto'
import type { Places } from '../../../channels/email/mx/places.ts'
import { inAccount } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { freePlace, renewPlaces, takePlace } from './queries.ts'

/** A dead process holds its places this long. */
export const placeSeconds = 60
const renewEveryMs = 15_000

/** Places at receiving sites counted over all nodes and threads; each is a row while its connection is open. */
export const placesFor = (deps: Deps): Places => {
  const holder = randomUUID()
  const held = new Map<string, number>()
  let timer: NodeJS.Timeout | null = null

  const renew = async (): Promise<void> => {
    for (const accountId of held.keys())
      await inAccount(deps.db, accountId, (trx) => renewPlaces(trx, accountId, holder, placeSeconds))
  }
  const count = (accountId: string, change: 1 | -1): void => {
    const left = (held.get(accountId) ?? 0) + change
    if (left > 0) held.set(accountId, left)
    else held.delete(accountId)
    if (held.size === 0 && timer) {
      clearInterval(timer)
      timer = null
    }
    if (held.size === 0 || timer) return
    timer = setInterval(() => void renew().catch(() => {}), renewEveryMs)
    timer.unref()
  }

  return {
    take: async (at) => {
      const { accountId } = at
      const ask = () => inAccount(deps.db, accountId, (trx) => takePlace(trx, at, holder, placeSeconds))
      // Who lost the first free place to somebody else looks once more for the next.
      const place = (await ask()) ?? (await ask())
      if (place === null) return null
      count(accountId, 1)
      let open = true
      return async () => {
        if (!open) return
        open = false
        count(accountId, -1)
        // Unwritten it runs out by itself.
        await inAccount(deps.db, accountId, (trx) => freePlace(trx, at, place, holder)).catch(() => {})
      }
    },
  }
}
