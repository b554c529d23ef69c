import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { TargetError } from './failure.ts'

export type ResolvedAddress = { readonly address: string; readonly family: 4 | 6 }
/** Every address of a name; a fault of the name service is thrown. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>

const lookupMsMax = 5_000

export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }))

/**
 * All addresses of a host; a literal one is its own.
 * @throws TargetError `dns_failed`
 */
export const resolveHost = async (host: string, ask: Resolve): Promise<readonly ResolvedAddress[]> => {
  const family = isIP(host)
  if (family === 4 || family === 6) return [{ address: host, family }]
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), lookupMsMax)
  })
  try {
    const found = await Promise.race([ask(host), late])
    if (found.length > 0) return found
  } catch (error) {
    const reason = (error as { code?: string }).code ?? (error as Error).message
    throw new TargetError('dns_failed', `The name ${host} could not be resolved (${reason}).`)
  } finally {
    clearTimeout(timer)
  }
  throw new TargetError('dns_failed', `The name ${host} has no address.`)
}

/** The socket can go nowhere but to the vetted addresses, whatever the name service says a moment later. */
export const pinnedTo =
  (addresses: readonly ResolvedAddress[]): LookupFunction =>
  (_name, options, done) => {
    const [first] = addresses
    if (options.all) return done(null, [...addresses])
    return first
      ? done(null, first.address, first.family)
      : done(new Error('no address') as NodeJS.ErrnoException, '')
  }
