import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type LinkToken, openLinkToken } from '../../content/index.ts'
import { inAccount } from '../../db/pool.ts'
import { clientAddress } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { maskEmail } from '../../lib/masking.ts'
import { spendLimits } from '../../security/index.ts'
import { truncateAddress } from '../address.ts'
import type { ReportNotices } from '../notices.ts'
import { sendInvalidLink } from '../public-page.ts'
import { bodyBytesMax, isOneClick, readForm } from './body.ts'
import { isFormToken, makeFormToken } from './form.ts'
import { languageFor } from './language.ts'
import { type Caller, optOut, undoOptOut } from './opt-out.ts'
import { type Page, sendPage } from './page.ts'
import { findSubscriber, type Subscriber } from './queries.ts'
import type { PageName } from './texts.ts'

const pagesPerMinute = 60
const formTypes = [/^application\/x-www-form-urlencoded(?:\s*;|$)/i, /^multipart\/form-data\s*;/i]

type Visit = { readonly link: LinkToken; readonly request: FastifyRequest; readonly reply: FastifyReply }
type Outcome = {
  readonly subscriber: Subscriber
  readonly page: PageName
  readonly form?: 'unsubscribe' | 'undo'
}

const pageFor = (deps: Deps, { link, request }: Visit, { subscriber, page, form }: Outcome): Page => ({
  name: page,
  language: languageFor(subscriber.language, request.headers['accept-language'], subscriber.account_language),
  about: {
    sender: subscriber.sender,
    senderEmail: subscriber.sender_email,
    address: subscriber.email ? maskEmail(subscriber.email) : '…',
  },
  ...(form
    ? { form: { action: form, token: makeFormToken(deps.keys, form, link.messageId, deps.clock.now()) } }
    : {}),
})

/** What a visit without any act shows. */
const present = (subscriber: Subscriber): Outcome => {
  if (subscriber.is_test) return { subscriber, page: 'test' }
  if (subscriber.unsubscribed) return { subscriber, page: 'already' }
  return { subscriber, page: 'ask', form: 'unsubscribe' }
}

const callerOf = (request: FastifyRequest, source: Caller['source']): Caller => ({
  source,
  ipTrunc: truncateAddress(clientAddress(request)),
})

const withSubscriber = <T>(
  deps: Deps,
  link: LinkToken,
  act: (subscriber: Subscriber, trx: Parameters<typeof findSubscriber>[0]) => Promise<T>,
): Promise<T | null> =>
  inAccount(deps.db, link.accountId, async (trx) => {
    const subscriber = await findSubscriber(trx, link.accountId, link)
    return subscriber ? act(subscriber, trx) : null
  })

const press = async (
  deps: Deps,
  visit: Visit,
  form: ReadonlyMap<string, string>,
): Promise<Outcome | null> => {
  const { link, request } = visit
  const now = deps.clock.now()
  const token = form.get('form') ?? ''
  const action = form.get('action') === 'undo' ? 'undo' : 'unsubscribe'
  const genuine = isFormToken(deps.keys, action, link.messageId, token, now)
  return withSubscriber(deps, link, async (subscriber, trx) => {
    const shown = present(subscriber)
    if (!genuine) return shown.form ? { ...shown, page: 'again' as const } : shown
    const caller = callerOf(request, 'page')
    if (action === 'undo') {
      const undone = await undoOptOut(trx, deps, link, subscriber, caller)
      return undone ? { subscriber, page: 'undone' as const, form: 'unsubscribe' as const } : shown
    }
    if (subscriber.is_test) return shown
    const changed = await optOut(trx, deps, link, subscriber, caller)
    return changed
      ? { subscriber, page: 'done' as const, form: 'undo' as const }
      : { subscriber, page: 'already' as const }
  })
}

const oneClick = async (deps: Deps, { link, request, reply }: Visit): Promise<FastifyReply> => {
  await withSubscriber(deps, link, (subscriber, trx) =>
    optOut(trx, deps, link, subscriber, callerOf(request, 'one_click')),
  )
  return reply.code(200).type('text/plain; charset=utf-8').send('Unsubscribed.\n')
}

type TokenParams = { readonly Params: { readonly token: string } }

/** `/u/{token}`: looking changes nothing, only a post does (email.md §10.1). No cookie is read or set. */
export const unsubscribeRoutes = (app: FastifyInstance, deps: Deps, notices: ReportNotices): void => {
  for (const type of formTypes) {
    app.addContentTypeParser<Buffer>(
      type,
      { parseAs: 'buffer', bodyLimit: bodyBytesMax },
      async (request: FastifyRequest, body: Buffer) => readForm(request.headers['content-type'] ?? '', body),
    )
  }

  app.get<TokenParams>('/u/:token', async (request, reply) => {
    const address = clientAddress(request) ?? 'unknown'
    await spendLimits(deps.db, [
      { key: `unsubscribe_page:${address}`, max: pagesPerMinute, windowSeconds: 60 },
    ])
    const link = openLinkToken(deps.keys, 'unsubscribe', request.params.token)
    const shown = link ? await withSubscriber(deps, link, async (subscriber) => present(subscriber)) : null
    if (!link || !shown) return sendInvalidLink(request, reply)
    return sendPage(reply, 200, pageFor(deps, { link, request, reply }, shown))
  })

  app.head<TokenParams>('/u/:token', async (_request, reply) =>
    reply.code(200).type('text/html; charset=utf-8').send(),
  )

  app.post<TokenParams & { Body: ReadonlyMap<string, string> | undefined }>(
    '/u/:token',
    { bodyLimit: bodyBytesMax },
    async (request, reply) => {
      const link = openLinkToken(deps.keys, 'unsubscribe', request.params.token)
      if (!link) return sendInvalidLink(request, reply)
      const visit = { link, request, reply }
      const form = request.body ?? new Map<string, string>()
      notices.touch(link.accountId, link.campaignId)
      if (isOneClick(form)) return oneClick(deps, visit)
      const outcome = await press(deps, visit, form)
      if (!outcome) return sendInvalidLink(request, reply)
      return sendPage(reply, outcome.page === 'again' ? 400 : 200, pageFor(deps, visit, outcome))
    },
  )
}
