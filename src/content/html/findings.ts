import { hrefOf, isWebAddress } from './links.ts'
import type { Scan } from './scan.ts'

/** What a careful sender would change (email.md §6, the rows that warn). */
export type HtmlFindings = {
  readonly linksWithoutTls: number
  readonly mismatchedLinks: readonly string[]
  readonly imagesWithoutAlt: number
  readonly areaLinks: number
}

type Link = { readonly target: string; readonly words: string }

/** Links with their words, in one walk: a link's words end at the next closing or opening `a`. */
const readLinks = (scan: Scan): Link[] => {
  const ends = [
    ...scan.closings.filter(({ name }) => name === 'a').map(({ begin }) => begin),
    ...scan.elements.filter(({ name }) => name === 'a').map(({ begin }) => begin),
  ].toSorted((left, right) => left - right)
  let end = 0
  let text = 0
  return scan.elements
    .filter(({ name }) => name === 'a')
    .map((element) => {
      while (end < ends.length && (ends[end] ?? 0) < element.end) end += 1
      const limit = ends[end] ?? element.end
      while (text < scan.texts.length && (scan.texts[text]?.begin ?? 0) < element.end) text += 1
      let words = ''
      for (let at = text; at < scan.texts.length && (scan.texts[at]?.begin ?? 0) <= limit; at += 1) {
        words += scan.texts[at]?.text ?? ''
      }
      return { target: hrefOf(element)?.value.trim() ?? '', words: words.trim() }
    })
}

const hostOf = (address: string): string | null =>
  URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : null

/** The host that a link's words promise, where they look like an address. */
const promisedHost = (words: string): string | null => {
  if (/^https?:\/\/\S+$/i.test(words)) return hostOf(words)
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/\S*)?$/i.test(words) ? hostOf(`https://${words}`) : null
}

const isMismatched = ({ target, words }: Link): boolean => {
  const promised = promisedHost(words)
  const host = hostOf(target)
  return promised !== null && host !== null && promised !== host
}

export const findWarnings = (scan: Scan): HtmlFindings => {
  const links = readLinks(scan)
  return {
    linksWithoutTls: links.filter(({ target }) => /^http:\/\//i.test(target)).length,
    mismatchedLinks: links
      .filter((link) => isWebAddress(link.target) && isMismatched(link))
      .map(({ target }) => target),
    imagesWithoutAlt: scan.elements.filter(
      (element) => element.name === 'img' && !element.attributes.some(({ name }) => name === 'alt'),
    ).length,
    areaLinks: scan.elements.filter((element) => element.name === 'area' && hrefOf(element) !== undefined)
      .length,
  }
}
