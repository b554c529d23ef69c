import type { FastifyInstance } from 'fastify'
import { renderWebVersion } from '../campaigns/index.ts'
import { openLinkToken } from '../content/index.ts'
import { inAccount } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { sendInvalidLink } from './public-page.ts'

/** Tenant HTML: no script, no form, no origin of its own; links lead out of the sandbox (security.md §4.9). */
const policy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'img-src https: http: data:',
  'font-src https: data:',
  "style-src 'unsafe-inline'",
].join('; ')

/** `/v/{token}`: the message as a page. Looking at it counts nothing. */
export const webVersionRoutes = (app: FastifyInstance, deps: Deps): void => {
  app.route<{ Params: { readonly token: string } }>({
    method: ['GET', 'HEAD'],
    url: '/v/:token',
    handler: async (request, reply) => {
      const link = openLinkToken(deps.keys, 'web_version', request.params.token)
      const html = link
        ? await inAccount(deps.db, link.accountId, (trx) => renderWebVersion(trx, deps, link))
        : null
      if (html === null) return sendInvalidLink(request, reply)
      return reply
        .headers({
          'content-security-policy': policy,
          'referrer-policy': 'no-referrer',
          'x-robots-tag': 'noindex',
        })
        .type('text/html; charset=utf-8')
        .send(html)
    },
  })
}
