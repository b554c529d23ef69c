import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageFor } from './unsubscribe/language.ts'
import { sendPage } from './unsubscribe/page.ts'
import type { PageName } from './unsubscribe/texts.ts'

/** A page that names nobody: it looks the same whatever was behind the address. */
export const sendPlainPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  name: PageName,
): FastifyReply =>
  sendPage(reply, status, {
    name,
    language: languageFor(null, request.headers['accept-language'], null),
    about: null,
  })

export const sendInvalidLink = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendPlainPage(request, reply, 404, 'invalid')
