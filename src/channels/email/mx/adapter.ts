import { createServer, isIP } from 'node:net'
import type { OutboundGuard } from '../../../lib/outbound-guard/index.ts'
import type { ChannelAdapter, CheckResult } from '../../channel.ts'
import { makePool } from '../smtp/pool.ts'
import { type SmtpTimeouts, smtpTimeouts } from '../smtp/settings.ts'
import { type MxOpening, makeSources } from './open.ts'
import { type Places, placesOfProcess } from './places.ts'
import type { MxResolver } from './resolve.ts'
import type { MailRoutes } from './routes.ts'
import { MxSettings } from './settings.ts'
import { submitToReceivers } from './submit.ts'
import { makeUnreachable } from './unreachable.ts'

export type MxParts = {
  readonly guard: OutboundGuard
  readonly ehloName: string | null
  readonly resolver: MxResolver
  readonly routes: MailRoutes
  /** 25 everywhere; another one reaches allowed private targets alone. */
  readonly port?: number
  readonly places?: Places
  readonly timeouts?: SmtpTimeouts
}

/** RFC 5321 §4.5.3.2 allows minutes; a receiver that needs them is asked again later. */
const receiverTimeouts: SmtpTimeouts = { ...smtpTimeouts, greetingMs: 30_000, dataMs: 300_000 }

const canComeFrom = (address: string): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(`This machine has no address ${address} (${error.code ?? error.message}).`),
    )
    server.listen(0, address, () => server.close(() => resolve(null)))
  })

/** What is known without writing to anybody: own addresses, the name service, and whether our name leads to us. */
const look = async ({ ehlo_name, source_addresses = [] }: MxSettings, parts: MxParts): Promise<string> => {
  for (const address of source_addresses) {
    const fault = isIP(address) === 0 ? `${address} is no address.` : await canComeFrom(address)
    if (fault) throw new Error(fault)
  }
  const name = ehlo_name ?? parts.ehloName
  const route = await parts.resolver.routeOf(name ?? 'example.com')
  if (route.kind === 'unknown') throw new Error(route.text)
  const from = source_addresses.length > 0 ? ` from ${source_addresses.join(', ')}` : ''
  if (name === null)
    return `The name service answers. Mail leaves${from} without a name of its own: set one for EHLO.`
  const addresses = await parts.resolver.addressesOf(name).catch(() => [])
  if (addresses.length === 0) throw new Error(`The name ${name} has no address: receivers would refuse it.`)
  return `The name service answers; ${name} leads to ${addresses.map(({ address }) => address).join(', ')}. Mail leaves${from}.`
}

/** Direct delivery: each message to the mail servers of its receiving domain. */
export const makeMxAdapter = (parts: MxParts): ChannelAdapter<MxSettings> => {
  const {
    guard,
    resolver,
    routes,
    port = 25,
    places = placesOfProcess(),
    timeouts = receiverTimeouts,
  } = parts
  const pool = makePool(timeouts.commandMs)
  const unreachable = makeUnreachable()
  const capabilities = {
    max_batch: 50,
    concurrent: 20,
    idempotent_submit: false,
    lookup_by_id: false,
    delivery_receipts: false,
  }
  const sources = new Map<string, ReturnType<typeof makeSources>>()
  const sourcesOf = (addresses: readonly string[]): ReturnType<typeof makeSources> => {
    const key = addresses.join(' ')
    const known = sources.get(key) ?? makeSources(addresses)
    sources.set(key, known)
    return known
  }
  const openingOf = (settings: MxSettings): Omit<MxOpening, 'signal'> => ({
    guard,
    resolver,
    timeouts,
    port,
    ehloName: settings.ehlo_name ?? parts.ehloName,
    ...sourcesOf(settings.source_addresses ?? []),
  })
  return {
    channel: 'email',
    kind: 'mx',
    settings: MxSettings,
    secretSettings: [],
    capabilities,
    check: async (settings): Promise<CheckResult> => {
      const startedMs = performance.now()
      const end = (ok: boolean, detail: string) => ({
        ok,
        detail,
        durationMs: Math.round(performance.now() - startedMs),
      })
      try {
        return end(true, await look(settings, parts))
      } catch (error) {
        return end(false, (error as Error).message)
      }
    },
    submit: (batch, settings, context) =>
      submitToReceivers({
        batch,
        context,
        settings,
        opening: openingOf(settings),
        routes,
        places,
        pool,
        unreachable,
        sitesMax: settings.concurrent ?? capabilities.concurrent,
      }),
    close: () => pool.close(),
  }
}
