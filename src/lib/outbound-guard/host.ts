import { isIP } from 'node:net'

const namePattern = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/** The host as a URL would read it: lower case, A-labels, plain IPv4, no trailing dot; null when it is none. */
export const canonicalHost = (text: string): string | null => {
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) === 6) return bare.includes('%') ? null : new URL(`http://[${bare}]`).hostname.slice(1, -1)
  if (/[/@:?#\\%\s[\]]/.test(text) || !URL.canParse(`http://${text}`)) return null
  const host = new URL(`http://${text}`).hostname.replace(/\.$/, '')
  return host.length <= 253 && (isIP(host) === 4 || namePattern.test(host)) ? host : null
}
