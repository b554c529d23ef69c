import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../http/deps.ts'
import { notFound } from '../../http/errors.ts'
import { previewPolicy, withNewTabLinks } from './page.ts'
import { openPreview, type PreviewSubject } from './token.ts'

/** Gives the HTML of a subject, null when it is gone. */
export type PreviewSource = (deps: Deps, subject: PreviewSubject) => Promise<string | null>
/** One line per kind, composed in content-app.ts. */
export type PreviewSources = Readonly<Record<string, PreviewSource>>

/** Tenant HTML is shown from here alone: another origin than the panel, and sandboxed by the answer itself. */
export const previewRoutes = (app: FastifyInstance, deps: Deps, sources: PreviewSources): void => {
  app.get<{ Params: { token: string } }>('/preview/:token', async (request, reply) => {
    const subject = openPreview(deps.keys, request.params.token, deps.clock.now())
    const source = subject && Object.hasOwn(sources, subject.kind) ? sources[subject.kind] : undefined
    const html = subject && source ? await source(deps, subject) : null
    if (html === null) throw notFound()
    return reply
      .header('content-security-policy', previewPolicy(deps.config))
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(withNewTabLinks(html))
  })
}
