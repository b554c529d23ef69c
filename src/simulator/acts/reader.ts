import type { Deps } from '../../http/deps.ts'
import { invalidField } from '../../http/errors.ts'
import { readImages } from '../parsing/links.ts'
import { type ContentRequest, requestContent } from './content-request.ts'
import type { ActMail } from './mail.ts'
import { browser, imageProxy, mailProgram, mailProvider, scanner, type Visitor } from './visitor.ts'

/** What the act left to tell, for the history of the mail. */
export type Told = string | null

const linksMax = 50

const ask = (deps: Deps, request: ContentRequest, visitor: Visitor): Promise<string> =>
  requestContent(deps.config, request, visitor)

const isOurs = ({ origins }: ActMail, url: string, below = '/'): boolean =>
  origins.some((origin) => url.startsWith(`${origin}${below}`))

const pixelOf = (mail: ActMail): string | undefined =>
  readImages(mail.html ?? '').find((url) => isOurs(mail, url, '/o/'))

const load = async (deps: Deps, mail: ActMail, visitor: Visitor): Promise<Told> => {
  const url = pixelOf(mail)
  return url ? ask(deps, { method: 'GET', url }, visitor) : 'This mail does not count opens.'
}

export const openMail = (deps: Deps, mail: ActMail): Promise<Told> =>
  load(deps, mail, mailProgram(mail.recipient))

/** A mail provider's cache loads the images whether anybody looks or not. */
export const prefetchMail = (deps: Deps, mail: ActMail): Promise<Told> => load(deps, mail, imageProxy)

/** @throws 422 where the mail has no such link */
export const clickMail = async (deps: Deps, mail: ActMail, url?: string): Promise<Told> => {
  const link = mail.links.find((one) => (url === undefined ? one.kind === 'tracked' : one.url === url))
  if (!link)
    throw url === undefined
      ? invalidField('/url', 'required', 'This mail has no tracked link; name one of its links.')
      : invalidField('/url', 'not_in_list', 'This mail has no such link.')
  // A link that leads elsewhere is only noted: the simulator never calls foreign hosts.
  if (!isOurs(mail, link.url)) return link.url
  return `${link.url} → ${await ask(deps, { method: 'GET', url: link.url }, browser(mail.recipient))}`
}

/** @throws 422 where the mail offers none of ours */
export const unsubscribeMail = async (deps: Deps, mail: ActMail): Promise<Told> => {
  const { https, one_click } = mail.listUnsubscribe ?? { https: null, one_click: false }
  if (https === null || !one_click || !isOurs(mail, https, '/u/'))
    throw invalidField(
      '/kind',
      'not_in_list',
      'This mail offers no one-click unsubscribe of this installation.',
    )
  return ask(deps, { method: 'POST', url: https, body: 'List-Unsubscribe=One-Click' }, mailProvider)
}

/** Looks at the first link, then follows all of ours at once, as programs before a mailbox do. */
export const scanMail = async (deps: Deps, mail: ActMail): Promise<Told> => {
  const urls = [...new Set(mail.links.map(({ url }) => url))]
    .filter((url) => isOurs(mail, url))
    .slice(0, linksMax)
  const [first] = urls
  if (first === undefined) return 'This mail has no link of this installation.'
  const head = await ask(deps, { method: 'HEAD', url: first }, scanner)
  const pixel = pixelOf(mail)
  const all = pixel ? [...urls, pixel] : urls
  await Promise.all(all.map((url) => ask(deps, { method: 'GET', url }, scanner)))
  return `HEAD ${head.split(' ')[0]}, ${all.length} × GET`
}
