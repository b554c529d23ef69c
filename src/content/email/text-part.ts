import { convert } from 'html-to-text'
import { safeTarget, type Utm, withUtm } from '../html/links.ts'
import type { Spans } from '../liquid/spans.ts'

const begin = '\uE001'
const end = '\uE002'

const options = (utm: Utm | null) => ({
  wordwrap: false as const,
  selectors: [
    { selector: 'img', format: 'skip' },
    {
      selector: 'a',
      options: {
        // Angle brackets delimit an address in plain text (RFC 3986, appendix C).
        linkBrackets: ['<', '>'] as [string, string],
        hideLinkHrefIfSameAsText: true,
        ignoreHref: false,
        pathRewrite: (path: string) => withUtm(safeTarget(path), utm),
      },
    },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
})

/** Plain text of finished HTML. */
export const htmlToText = (html: string): string => convert(html, options(null)).trim()

/**
 * A text template made from an HTML template: Liquid is carried through the conversion under numbers, so that one
 * conversion serves all recipients.
 */
export const toTextTemplate = (source: string, { spans }: Spans, utm: Utm | null): string => {
  let marked = ''
  let at = 0
  spans.forEach((span, index) => {
    marked += `${source.slice(at, span.begin)}${begin}${index}${end}`
    at = span.end
  })
  return convert(marked + source.slice(at), options(utm))
    .replace(new RegExp(`${begin}(\\d+)${end}`, 'g'), (_mark, index: string) => {
      const span = spans[Number(index)]
      return span ? source.slice(span.begin, span.end) : ''
    })
    .trim()
}
