import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { notify } from '../live/index.ts'
import { adapterFor } from './adapters.ts'
import { getProvider } from './provider.ts'
import { saveCheck } from './queries.ts'
import { loadSettings } from './settings.ts'

/** Longer than any one step may take, shorter than a person waits. */
const checkMsMax = 60_000

/** Tries the provider without sending, stores what happened, and gives a provider that works its circuit back. */
export const checkProvider = async (deps: Deps, actor: Actor, id: string) => {
  const { accountId } = actor
  const { row, settings } = await inAccount(deps.db, accountId, async (trx) => {
    const found = await getProvider(trx, accountId, id)
    return { row: found, settings: await loadSettings(trx, deps, accountId, found) }
  })
  const signal = AbortSignal.any([deps.stopping, AbortSignal.timeout(checkMsMax)])
  const { ok, detail, durationMs } = await adapterFor(deps, row.channel, row.kind).check(settings, signal)
  const at = deps.clock.now().toISOString()
  await inAccount(deps.db, accountId, async (trx) => {
    await saveCheck(trx, accountId, id, { at, ok, detail })
    await notify(trx, accountId, 'provider', id)
  })
  return { ok, at, detail, duration_ms: durationMs }
}
