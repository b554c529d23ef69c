import { convert } from 'html-to-text'
import { safeTarget, type Utm, withUtm } from '../html/links.ts'
import { scanHtml } from '../html/scan.ts'
import type { Spans } from '../liquid/spans.ts'

const begin = '\uE001'
const end = '\uE002'

/** No mail nests deeper; the library walks the tree by recursion and slows down with its depth. */
const nestingMax = 200

const options = (utm: Utm | null) => ({
  wordwrap: false as const,
  limits: { maxDepth: nestingMax, ellipsis: '' },
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

/** The library walks the tree by recursion; what is nested too deeply for it loses its form, not its words. */
const toPlainText = (html: string, utm: Utm | null): string => {
  try {
    return convert(html, options(utm))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return scanHtml(html)
      .texts.map(({ text }) => text)
      .join('')
  }
}

/** Plain text of finished HTML. */
export const htmlToText = (html: string): string => toPlainText(html, null).trim()

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
  return toPlainText(marked + source.slice(at), utm)
    .replace(new RegExp(`${begin}(\\d+)${end}`, 'g'), (_mark, index: string) => {
      const span = spans[Number(index)]
      return span ? source.slice(span.begin, span.end) : ''
    })
    .trim()
}
