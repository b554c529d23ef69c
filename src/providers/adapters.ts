import { isIP } from 'node:net'
import { type Adapter, makeAdapters } from '../channels/registry.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../http/deps.ts'
import type { OutboundGuard } from '../lib/outbound-guard/index.ts'
import { deliverTo } from '../simulator/index.ts'
import { makeGuard } from './guard.ts'

type Outbound = { readonly guard: OutboundGuard; readonly adapters: readonly Adapter[] }

/** One set per process: adapters hold connections. */
const made = new WeakMap<Deps, Outbound>()

/** The own name for EHLO where it is one that other servers can look up. */
const ehloNameOf = (config: Config): string | null => {
  const { hostname } = new URL(config.publicUrl)
  return config.loopback || isIP(hostname) !== 0 || hostname.startsWith('[') ? null : hostname
}

const outboundOf = (deps: Deps): Outbound => {
  const known = made.get(deps)
  if (known) return known
  const guard = makeGuard(deps)
  const adapters = makeAdapters({ guard, ehloName: ehloNameOf(deps.config), deliver: deliverTo(deps) })
  const outbound = { guard, adapters }
  made.set(deps, outbound)
  return outbound
}

export const guardOf = (deps: Deps): OutboundGuard => outboundOf(deps).guard

export const adapterFor = (deps: Deps, channel: string, kind: string): Adapter => {
  const adapter = outboundOf(deps).adapters.find((one) => one.channel === channel && one.kind === kind)
  if (!adapter) throw new Error(`no adapter for ${channel} ${kind}`)
  return adapter
}

/** Ends the pooled connections of this process. */
export const closeAdapters = async (deps: Deps): Promise<void> => {
  await Promise.all((made.get(deps)?.adapters ?? []).map((adapter) => adapter.close()))
}
