import { type Adapter, makeAdapters } from '../channels/registry.ts'
import type { Deps } from '../http/deps.ts'
import { ehloNameOf, guardOf } from '../http/outbound.ts'
import { mailboxFor } from '../simulator/index.ts'
import { writeFigures } from './shaping/figures.ts'
import { placesFor } from './shaping/places/places.ts'
import { namesOf } from './shaping/sites.ts'

/** One set per process: adapters hold connections. */
const made = new WeakMap<Deps, readonly Adapter[]>()

const adaptersOf = (deps: Deps): readonly Adapter[] => {
  const known = made.get(deps)
  if (known) return known
  const adapters = makeAdapters({
    guard: guardOf(deps),
    ehloName: ehloNameOf(deps.config),
    mailbox: mailboxFor(deps),
    ...(deps.places ? { places: deps.places } : {}),
    direct: { ...namesOf(deps), port: deps.config.mxPort, places: placesFor(deps) },
  })
  made.set(deps, adapters)
  return adapters
}

export const adapterFor = (deps: Deps, channel: string, kind: string): Adapter => {
  const adapter = adaptersOf(deps).find((one) => one.channel === channel && one.kind === kind)
  if (!adapter) throw new Error(`no adapter for ${channel} ${kind}`)
  return adapter
}

/** Ends the pooled connections of this process. */
export const closeAdapters = async (deps: Deps): Promise<void> => {
  await Promise.all((made.get(deps) ?? []).map((adapter) => adapter.close()))
  await writeFigures(deps)
}
