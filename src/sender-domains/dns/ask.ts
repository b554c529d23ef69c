import { NODATA, NOTFOUND, Resolver } from 'node:dns/promises'
import type { RecordType } from '../records/expected.ts'

const askMsMax = 2_500
const triesMax = 2

/** What one group of servers says about one name. */
export type Told =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  /** The name, or this type of it, does not exist. */
  | { readonly kind: 'none' }
  /** No server answered, or none could. */
  | { readonly kind: 'silent' }

export type Question = RecordType | 'NS' | 'A' | 'AAAA'
/** Asks one group of servers; never throws. */
export type Ask = (name: string, type: Question) => Promise<Told>

const hostOf = (name: string): string => name.toLowerCase().replace(/\.$/, '')

const read = async (resolver: Resolver, name: string, type: Question): Promise<readonly string[]> => {
  switch (type) {
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((strings) => strings.join(''))
    case 'MX':
      return (await resolver.resolveMx(name))
        .toSorted((left, right) => left.priority - right.priority)
        .map(({ priority, exchange }) => `${priority} ${hostOf(exchange)}`)
    case 'CNAME':
      return (await resolver.resolveCname(name)).map(hostOf)
    case 'NS':
      return (await resolver.resolveNs(name)).map(hostOf)
    case 'A':
      return resolver.resolve4(name)
    case 'AAAA':
      return resolver.resolve6(name)
  }
}

const codesOfNothing: readonly string[] = [NODATA, NOTFOUND]

/** `servers` as Node takes them: `192.0.2.1:53`, `[2001:db8::1]:53`; null asks those of the machine. */
export const askOf = (servers: readonly string[] | null): Ask => {
  const resolver = new Resolver({ timeout: askMsMax, tries: triesMax })
  if (servers) resolver.setServers([...servers])
  return async (name, type) => {
    try {
      const values = await read(resolver, name, type)
      return values.length > 0 ? { kind: 'values', values } : { kind: 'none' }
    } catch (error) {
      const { code } = error as { code?: string }
      return { kind: code !== undefined && codesOfNothing.includes(code) ? 'none' : 'silent' }
    }
  }
}
