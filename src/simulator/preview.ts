import type { PreviewSource } from '../content/preview/index.ts'
import { inAccount, instanceAccountId } from '../db/pool.ts'
import { hideRecipient } from './masking.ts'
import { findMail, listNamedParts } from './queries.ts'
import { readWhole } from './reading.ts'

type NamedPart = Awaited<ReturnType<typeof listNamedParts>>[number]

/** Images carried in the mail itself are written into the page, which may load nothing from the panel. */
export const inlineParts = (html: string, parts: readonly NamedPart[]): string => {
  const byId = new Map(parts.map((part) => [part.content_id, part]))
  return html.replaceAll(/cid:([^"'\s)>]{1,500})/gi, (match, id: string) => {
    const part = byId.get(decodeId(id)) ?? byId.get(id)
    if (!part || !/^image\/[\w.+-]+$/i.test(part.content_type)) return match
    return `data:${part.content_type};base64,${part.content.toString('base64')}`
  })
}

const decodeId = (id: string): string => {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const asPage = (text: string): string =>
  `<!doctype html><meta charset="utf-8"><pre style="white-space:pre-wrap;font:14px/1.5 sans-serif">${text.replaceAll(/[&<>]/g, (sign) => escapes[sign] ?? '')}</pre>`

/** The HTML view of a mail in the built-in mailbox. */
export const showMail: PreviewSource = (deps, { accountId, id, detail }) =>
  inAccount(deps.db, accountId, async (trx) => {
    const mailbox = accountId === instanceAccountId ? 'shared' : 'account'
    const found = await findMail(trx, accountId, mailbox, id)
    if (!found) return null
    const row = await readWhole(trx, deps, accountId, found)
    const shown = (text: string): string =>
      detail?.['masked'] === 'yes' ? hideRecipient(text, row.to_address) : text
    if (row.html_body === null) return asPage(shown(row.text_body ?? ''))
    return inlineParts(shown(row.html_body), await listNamedParts(trx, accountId, id))
  })
