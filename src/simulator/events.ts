import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { invalidField } from '../http/errors.ts'
import { uuidV7 } from '../lib/ids.ts'
import { notify } from '../live/index.ts'
import { type ContentRequest, requestContent } from './content-request.ts'
import type { SimulatorMessage, simulatorEventKinds } from './contract.ts'
import { withMail } from './mailbox.ts'
import { readImages } from './parsing/links.ts'
import { toMessage } from './presentation.ts'
import { insertEvent } from './queries.ts'

type Kind = (typeof simulatorEventKinds)[number]
type Given = { readonly id: string; readonly kind: Kind; readonly url?: string }

/** What a reader's program would do, and what is noted about it. */
type Act = { readonly request: ContentRequest | null; readonly note: string | null }

const open = (mail: SimulatorMessage, contentUrl: string): Act => {
  const pixel = readImages(mail.html ?? '').find((url) => url.startsWith(`${contentUrl}/o/`))
  return pixel
    ? { request: { method: 'GET', url: pixel }, note: null }
    : { request: null, note: 'This mail does not count opens.' }
}

const click = (mail: SimulatorMessage, contentUrl: string, url: string | undefined): Act => {
  const link =
    url === undefined
      ? mail.links.find(({ kind }) => kind === 'tracked')
      : mail.links.find((l) => l.url === url)
  if (!link)
    throw url === undefined
      ? invalidField('/url', 'required', 'This mail has no tracked link; name one of its links.')
      : invalidField('/url', 'not_in_list', 'This mail has no such link.')
  // A link that leads elsewhere is only noted: the simulator never calls foreign hosts.
  const leadsHere = link.url.startsWith(`${contentUrl}/`)
  return { request: leadsHere ? { method: 'GET', url: link.url } : null, note: link.url }
}

const oneClick = (mail: SimulatorMessage, contentUrl: string): Act => {
  const { https, one_click } = mail.list_unsubscribe ?? { https: null, one_click: false }
  if (https === null || !one_click || !https.startsWith(`${contentUrl}/u/`))
    throw invalidField(
      '/kind',
      'not_in_list',
      'This mail offers no one-click unsubscribe of this installation.',
    )
  return { request: { method: 'POST', url: https, body: 'List-Unsubscribe=One-Click' }, note: null }
}

const actOf = (mail: SimulatorMessage, contentUrl: string, { kind, url }: Given): Act => {
  switch (kind) {
    case 'open':
      return open(mail, contentUrl)
    case 'click':
      return click(mail, contentUrl, url)
    case 'one_click':
      return oneClick(mail, contentUrl)
  }
}

/** Does what a reader would do over HTTP, with the addresses of the mail itself, and keeps a note of it. */
export const actOnMail = async (deps: Deps, actor: Actor, given: Given) => {
  const { config, clock } = deps
  const mail = await withMail(deps, actor, given.id, async (_trx, _place, row) => toMessage(row))
  const { request, note } = actOf(mail, config.contentUrl, given)
  const answer = request ? await requestContent(config, request) : null
  const detail = [note, answer].filter(Boolean).join(' → ') || null
  const at = clock.now()
  const id = uuidV7(at)
  await withMail(deps, actor, given.id, async (trx, { accountId }) => {
    await insertEvent(trx, accountId, { id, messageId: given.id, kind: given.kind, detail, at })
    await notify(trx, accountId, 'simulator', given.id)
  })
  return { id, kind: given.kind, at: at.toISOString() }
}
