import { hrefOf, isWebAddress } from './links.ts'
import type { Element, Scan } from './scan.ts'

/** What a careful sender would change (email.md §6, the rows that warn). */
export type HtmlFindings = {
  readonly linksWithoutTls: number
  readonly mismatchedLinks: readonly string[]
  readonly imagesWithoutAlt: number
  readonly areaLinks: number
}

const textAfter = (scan: Scan, element: Element): string => {
  const closing = scan.closings.find((close) => close.name === 'a' && close.begin >= element.end)
  const end = closing?.begin ?? element.end
  return scan.texts
    .filter((text) => text.begin >= element.end && text.begin <= end)
    .map((text) => text.text)
    .join('')
    .trim()
}

const hostOf = (address: string): string | null =>
  URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : null

/** The host that a link's words promise, where they look like an address. */
const promisedHost = (words: string): string | null => {
  if (/^https?:\/\/\S+$/i.test(words)) return hostOf(words)
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/\S*)?$/i.test(words) ? hostOf(`https://${words}`) : null
}

const isMismatched = (scan: Scan, element: Element, target: string): boolean => {
  const promised = promisedHost(textAfter(scan, element))
  const host = hostOf(target)
  return promised !== null && host !== null && promised !== host
}

export const findWarnings = (scan: Scan): HtmlFindings => {
  const links = scan.elements.filter((element) => element.name === 'a')
  const targetOf = (element: Element): string => hrefOf(element)?.value.trim() ?? ''
  return {
    linksWithoutTls: links.filter((link) => /^http:\/\//i.test(targetOf(link))).length,
    mismatchedLinks: links
      .filter((link) => isWebAddress(targetOf(link)) && isMismatched(scan, link, targetOf(link)))
      .map(targetOf),
    imagesWithoutAlt: scan.elements.filter(
      (element) => element.name === 'img' && !element.attributes.some(({ name }) => name === 'alt'),
    ).length,
    areaLinks: scan.elements.filter((element) => element.name === 'area' && hrefOf(element) !== undefined)
      .length,
  }
}
