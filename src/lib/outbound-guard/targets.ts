/** What a connection is for; each kind has its schemes and ports on public addresses (security.md §4.8). */
export type TargetKind =
  | 'webhook'
  | 'provider'
  | 'import'
  | 'web_push'
  | 'link_check'
  | 'relay'
  | 'direct'
  | 'smpp'
  | 'imap'
  | 'sftp'
  | 'dns'

type Ports = { readonly allows: (port: number) => boolean; readonly told: string }

const exactly = (...ports: readonly number[]): Ports => ({
  allows: (port) => ports.includes(port),
  told: ports.join(', '),
})

const web = exactly(443, 8443)
const publicPorts: Readonly<Record<TargetKind, Ports>> = {
  webhook: web,
  provider: web,
  import: web,
  web_push: web,
  link_check: exactly(80, 443, 8443),
  relay: exactly(25, 465, 587, 2525),
  direct: exactly(25),
  // Numbers below are the well-known services; SMPP has none of its own (usually 2775, with TLS 3550).
  smpp: { allows: (port) => port >= 1024 && port <= 65_535, told: '1024 and above' },
  imap: exactly(993),
  sftp: exactly(22),
  dns: exactly(53),
}

export const isPublicPort = (kind: TargetKind, port: number): boolean => publicPorts[kind].allows(port)
export const publicPortsOf = (kind: TargetKind): string => publicPorts[kind].told

/** Plain http leads to public addresses for the link check alone, and there to port 80. */
export const isPublicScheme = (kind: TargetKind, protocol: string, port: number): boolean =>
  protocol === 'https:' ? port !== 80 : kind === 'link_check' && protocol === 'http:' && port === 80
