import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { enqueue } from '../../jobs/index.ts'
import { countReceiptCall, findReceiptSource, readReceiptToken } from '../../providers/index.ts'
import { certificates } from './certificates.ts'
import { dialects } from './dialects/dialects.ts'
import { insertCall } from './queries.ts'

/** SendGrid packs its events of some seconds into one call. */
const bodyBytesMax = 5_242_880
/** What the providers send; Amazon calls its JSON plain text. */
const types = [/^application\/json(?:\s*;|$)/i, /^text\/plain(?:\s*;|$)/i]

type TokenParams = { readonly Params: { readonly token: string }; readonly Body: Buffer | undefined }

const headersOf = (request: FastifyRequest): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )

const take = async (deps: Deps, request: FastifyRequest<TokenParams>): Promise<void> => {
  const { token } = request.params
  const accountId = readReceiptToken(token)?.accountId
  const source = accountId
    ? await inAccount(deps.db, accountId, (trx) => findReceiptSource(trx, deps, accountId, token))
    : null
  if (!source || !accountId) throw notFound()
  const call = { headers: headersOf(request), body: request.body ?? Buffer.alloc(0) }
  const genuine = await dialects[source.kind].verify(call, source, certificates(deps))
  const { providerId } = source
  await inAccount(deps.db, accountId, async (trx) => {
    await countReceiptCall(trx, accountId, providerId, genuine ? 'received' : 'refused')
    if (!genuine) return
    const id = await insertCall(trx, accountId, { providerId, dialect: source.kind, body: call.body })
    await enqueue(trx, 'read_receipt_call', { account_id: accountId, id })
  })
  if (!genuine) throw new AppError('unauthenticated', 401, 'The signature does not hold.')
}

/**
 * `/receipts/{token}` of the public scope: an unguessable address and the provider's signature. A call is stored as it came
 * before it is answered; what it means is found out later.
 */
export const receiptRoutes = async (app: FastifyInstance, deps: Deps): Promise<void> => {
  app.removeAllContentTypeParsers()
  for (const type of types) {
    app.addContentTypeParser<Buffer>(
      type,
      { parseAs: 'buffer', bodyLimit: bodyBytesMax },
      async (_request: FastifyRequest, body: Buffer) => body,
    )
  }
  app.post<TokenParams>(
    '/receipts/:token',
    { bodyLimit: bodyBytesMax },
    async (request, reply: FastifyReply) => {
      await take(deps, request)
      return reply.code(200).type('text/plain; charset=utf-8').send('')
    },
  )
}
