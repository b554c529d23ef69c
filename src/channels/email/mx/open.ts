import { isIP } from 'node:net'
import { type OutboundGuard, TargetError, type VettedTarget } from '../../../lib/outbound-guard/index.ts'
import type { SmtpConnection } from '../smtp/connection.ts'
import { SmtpFault } from '../smtp/failure.ts'
import { connectTo, expectGreeting, greet, startTls } from '../smtp/open.ts'
import type { SmtpTimeouts } from '../smtp/settings.ts'
import type { MxResolver } from './resolve.ts'

export type MxOpening = {
  readonly guard: OutboundGuard
  readonly resolver: MxResolver
  readonly timeouts: SmtpTimeouts
  readonly port: number
  readonly ehloName: string | null
  /** The next own address of a family to come from; undefined = the system's choice. */
  readonly nextSource: (family: 4 | 6) => string | undefined
  /** Whether any own address fits the family; false skips servers that could not be reached from here. */
  readonly speaks: (family: 4 | 6) => boolean
  readonly signal: AbortSignal
}

/** Each address is a connection's time-out when nothing answers. */
const addressesMax = 6

type Candidate = { readonly host: string; readonly target: VettedTarget; readonly family: 4 | 6 }

/** @throws SmtpFault for a server whose name or addresses are of no use. */
const candidatesOf = async (host: string, opening: MxOpening): Promise<Candidate[]> => {
  const { guard, resolver, port, speaks } = opening
  const addresses = await resolver.addressesOf(host).catch((error: { code?: string }) => {
    throw new SmtpFault(
      'dns_failed',
      `The name ${host} could not be resolved (${error.code ?? 'no answer'}).`,
    )
  })
  if (addresses.length === 0) throw new SmtpFault('dns_failed', `The mail server ${host} has no address.`)
  const usable: Candidate[] = []
  let refused: TargetError | null = null
  for (const { address, family } of addresses.filter((one) => speaks(one.family))) {
    try {
      // A literal, so that the connection goes to what was judged and nowhere else.
      const target = await guard.vet('direct', address, port)
      usable.push({ host, family, target: { ...target, host } })
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      refused = error
    }
  }
  if (usable.length === 0)
    throw new SmtpFault(
      refused ? 'url_refused' : 'unreachable',
      refused
        ? `The mail server ${host}: ${refused.message}`
        : `${host} has no address that can be reached from here.`,
    )
  return usable
}

const shake = async (connection: SmtpConnection, opening: MxOpening, plain: boolean): Promise<void> => {
  const greeting = { timeouts: opening.timeouts, ehloName: opening.ehloName }
  await expectGreeting(connection, opening.timeouts)
  await greet(connection, greeting)
  if (!plain && connection.extensions.has('STARTTLS'))
    await startTls(connection, greeting, { verified: false })
}

const connectOnce = (
  { target, family }: Candidate,
  opening: MxOpening,
  plain: boolean,
): Promise<SmtpConnection> => {
  const localAddress = opening.nextSource(family)
  const dialling = { ...opening, ...(localAddress === undefined ? {} : { localAddress }) }
  return connectTo(target, dialling, (connection) => shake(connection, opening, plain))
}

/** With TLS where it is offered; a server whose TLS is broken gets the mail without (RFC 7435). */
const connectCandidate = async (candidate: Candidate, opening: MxOpening): Promise<SmtpConnection> => {
  try {
    return await connectOnce(candidate, opening, false)
  } catch (error) {
    if (!(error instanceof SmtpFault) || error.code !== 'tls_failed' || opening.signal.aborted) throw error
    return connectOnce(candidate, opening, true)
  }
}

/** A word to us and not about one machine: the other servers of the site would say the same. */
const isFinal = (fault: SmtpFault, opening: MxOpening): boolean =>
  opening.signal.aborted || fault.code === 'stopped' || fault.reply?.code === 421

/**
 * The first server in the order of preference that takes us (RFC 5321 §5.1).
 * @throws SmtpFault the last one met.
 */
export const openToHosts = async (hosts: readonly string[], opening: MxOpening): Promise<SmtpConnection> => {
  let last = new SmtpFault('unreachable', 'There is no mail server to try.')
  let tried = 0
  for (const host of hosts) {
    try {
      for (const candidate of await candidatesOf(host, opening)) {
        if (tried === addressesMax) throw last
        tried += 1
        try {
          return await connectCandidate(candidate, opening)
        } catch (error) {
          if (!(error instanceof SmtpFault)) throw error
          last = error
          if (isFinal(error, opening)) throw error
        }
      }
    } catch (error) {
      if (!(error instanceof SmtpFault)) throw error
      last = error
      if (isFinal(error, opening)) throw error
    }
  }
  throw last
}

/** Own addresses in turn; a family without one is spoken only where no addresses are set at all. */
export const makeSources = (addresses: readonly string[]): Pick<MxOpening, 'nextSource' | 'speaks'> => {
  const of = (family: 4 | 6) => addresses.filter((address) => isIP(address) === family)
  const families = { 4: of(4), 6: of(6) }
  let turn = 0
  return {
    speaks: (family) => addresses.length === 0 || families[family].length > 0,
    nextSource: (family) => {
      turn += 1
      return families[family][turn % Math.max(1, families[family].length)]
    },
  }
}
