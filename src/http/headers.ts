import type { FastifyReply } from 'fastify'
import type { Config } from '../config.ts'

const permissions =
  'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), ' +
  'midi=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)'

export const jsonPolicy = "default-src 'none'; frame-ancestors 'none'"

/** The policy of the console's pages; the component library writes style elements and takes the nonce. */
export const pagePolicy = (nonce: string, config: Config): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    `frame-src ${config.contentUrl}`,
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')

/** Every response, errors and redirects included (security.md §4.9); a route may have set its own policy before. */
export const setSecurityHeaders = (reply: FastifyReply, config: Config): void => {
  const set = (name: string, value: string) => {
    if (!reply.hasHeader(name)) reply.header(name, value)
  }
  if (!config.loopback) set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  set('content-security-policy', jsonPolicy)
  set('x-content-type-options', 'nosniff')
  set('referrer-policy', 'strict-origin-when-cross-origin')
  set('cross-origin-opener-policy', 'same-origin')
  set('cross-origin-resource-policy', 'same-origin')
  set('permissions-policy', permissions)
  set('cache-control', 'no-store')
}
