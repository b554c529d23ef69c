import type { Compiled, CompiledEmail, ContentFault } from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import { type AppError, unprocessable } from '../../http/errors.ts'
import { insertTrackingLinks } from '../queries.ts'

/** The recipient's own links are shown, never counted. */
const isOwnLink = (target: string): boolean => /^\s*\{\{-?\s*links\./.test(target)

/** Stores where each tracked link leads, before a message with it leaves. */
export const storeLinks = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
  revision: number,
  email: CompiledEmail,
): Promise<void> => {
  const links = email.links
    .filter((link) => link.tracked && !isOwnLink(link.target))
    .map(({ position, target }) => ({ position, target }))
  if (links.length > 0) await insertTrackingLinks(trx, accountId, campaignId, revision, links)
}

export const templateError = ({ line, column, reason, pointer }: ContentFault): AppError =>
  unprocessable('template_error', '', { line, column, reason, pointer })

/** @throws AppError 422 `template_error`, or `preflight_failed` for markup that must not be sent. */
export const refuseUnsendable = (compiled: Compiled): CompiledEmail => {
  if ('faults' in compiled) throw templateError(compiled.faults[0])
  const { dangers } = compiled.email
  if (dangers.length > 0) {
    throw unprocessable('preflight_failed', '', {
      checks: [
        {
          code: 'dangerous_html',
          level: 'block',
          overridable: false,
          overridden: false,
          count: dangers.length,
          detail: dangers.join(', '),
          pointer: '/content/html',
        },
      ],
    })
  }
  return compiled.email
}
