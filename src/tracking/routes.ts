import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../http/deps.ts'
import { sendProblem, toAppError } from '../http/server.ts'
import { makeTracker } from './hit.ts'
import { makeReportNotices } from './notices.ts'
import { sendInvalidLink, sendPlainPage } from './public-page.ts'
import { unsubscribeRoutes } from './unsubscribe/routes.ts'
import { webVersionRoutes } from './web-version.ts'

/** One transparent point, the smallest GIF89a that every mail program accepts. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

type TokenParams = { readonly Params: { readonly token: string } }

const answerFault =
  (deps: Deps) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = toAppError(error as FastifyError)
    if (problem.status !== 429 && problem.status < 500)
      return sendProblem(deps, error as FastifyError, request, reply)
    if (problem.status >= 500) request.log.error({ err: error }, 'public page failed')
    reply.headers(problem.headers)
    return sendPlainPage(request, reply, problem.status, problem.status === 429 ? 'limited' : 'fault')
  }

/**
 * The public scope of CONTENT_URL (security.md §4.9): what stands behind the links of a message. No cookie, no session,
 * no Origin; the sealed token alone decides.
 */
export const trackingRoutes = async (app: FastifyInstance, deps: Deps): Promise<void> => {
  const notices = makeReportNotices(deps)
  const tracker = makeTracker(deps, notices)
  app.removeAllContentTypeParsers()
  app.setErrorHandler(answerFault(deps))

  app.route<TokenParams>({
    method: ['GET', 'HEAD'],
    url: '/o/:token',
    handler: async (request, reply) => {
      const known = await tracker.open(request.params.token.replace(/\.gif$/, ''), request)
      return reply
        .code(known ? 200 : 404)
        .headers({ 'cache-control': 'no-store, no-cache, must-revalidate, private', pragma: 'no-cache' })
        .header('cross-origin-resource-policy', 'cross-origin')
        .type('image/gif')
        .send(pixel)
    },
  })

  app.route<TokenParams>({
    method: ['GET', 'HEAD'],
    url: '/c/:token',
    handler: async (request, reply) => {
      const target = await tracker.click(request.params.token, request)
      if (target === null) return sendInvalidLink(request, reply)
      return reply.header('referrer-policy', 'no-referrer').redirect(target, 302)
    },
  })

  unsubscribeRoutes(app, deps, notices)
  webVersionRoutes(app, deps)
}
