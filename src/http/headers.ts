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

export const securityHeaders = (config: Config): Readonly<Record<string, string>> => ({
  ...(config.loopback ? {} : { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  'content-security-policy': jsonPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': permissions,
  'cache-control': 'no-store',
})

/** Every response, errors and redirects included (security.md §4.9); a route may have set its own policy before. */
export const setSecurityHeaders = (reply: FastifyReply, config: Config): void => {
  for (const [name, value] of Object.entries(securityHeaders(config)))
    if (!reply.hasHeader(name)) reply.header(name, value)
}
