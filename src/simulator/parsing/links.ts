import { Parser } from 'htmlparser2'

export type MailLink = {
  readonly url: string
  readonly text: string
  readonly kind: 'tracked' | 'unsubscribe' | 'web_version' | 'plain'
}

const linksMax = 1_000
const urlLengthMax = 8_192
const textLengthMax = 500

const paths = { '/c/': 'tracked', '/u/': 'unsubscribe', '/v/': 'web_version' } as const

/** Links of this installation are told apart by their path on CONTENT_URL or on a tracking host of the account. */
export const kindOfLink = (url: string, origins: readonly string[]): MailLink['kind'] => {
  const origin = origins.find((own) => url.startsWith(`${own}/`))
  if (origin === undefined) return 'plain'
  const path = url.slice(origin.length)
  return Object.entries(paths).find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'plain'
}

const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, textLengthMax)

type Found = { url: string; text: string }

const linksOfHtml = (html: string): Found[] => {
  const found: Found[] = []
  let open: Found | null = null
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'img' && open) open.text += ` ${attributes['alt'] ?? ''}`
      const url = (attributes['href'] ?? '').trim()
      if ((name !== 'a' && name !== 'area') || !url || url.startsWith('#') || found.length >= linksMax) return
      open = { url, text: attributes['alt'] ?? '' }
      found.push(open)
      if (name === 'area') open = null
    },
    ontext: (text) => {
      if (open && open.text.length < textLengthMax) open.text += text
    },
    onclosetag: (name) => {
      if (name === 'a') open = null
    },
  })
  parser.end(html)
  return found
}

const linksOfText = (text: string): Found[] =>
  [...text.matchAll(/https?:\/\/[^\s<>"']+/g)]
    .slice(0, linksMax)
    .map(([match]) => match.replace(/[.,;:!?)\]]+$/, ''))
    .map((url) => ({ url, text: url }))

/** Links of the HTML part in order; of the text part where there is no HTML. */
export const readLinks = (html: string | null, text: string | null, origins: readonly string[]): MailLink[] =>
  (html === null ? linksOfText(text ?? '') : linksOfHtml(html))
    .filter(({ url }) => url.length <= urlLengthMax)
    .map(({ url, text: label }) => ({ url, text: tidy(label), kind: kindOfLink(url, origins) }))

/** Addresses of images; among them the one that counts an open. */
export const readImages = (html: string): string[] => {
  const found: string[] = []
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'img' && attributes['src'] && found.length < linksMax) found.push(attributes['src'].trim())
    },
  })
  parser.end(html)
  return found
}
