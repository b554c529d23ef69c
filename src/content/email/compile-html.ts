import type { Content } from '../contract.ts'
import { applyEdits, type Edit } from '../html/edits.ts'
import { hasLiquid, hrefOf, isWebAddress, mayTrack, withUtm } from '../html/links.ts'
import { type Attribute, type Element, type Scan, scanHtml } from '../html/scan.ts'
import { coverSpans, findSpans, type Spans } from '../liquid/spans.ts'
import { type Fault, type ParsedTemplate, parseTemplate } from '../liquid/template.ts'
import { escapeHtml } from '../liquid/values.ts'
import { compiledEngine, linkMark, partMark } from './parts.ts'

export type CompiledLink = {
  /** Counted from 1; told apart in reports. */
  readonly position: number
  /** The target, or its template as written. */
  readonly target: string
  /** Set where Liquid makes the target. */
  readonly template: ParsedTemplate | null
  readonly tracked: boolean
}

export type HtmlSource = {
  readonly source: string
  readonly spans: Spans
  readonly covered: string
  readonly scan: Scan
}

export const readHtml = (source: string): HtmlSource => {
  const spans = findSpans(source)
  const covered = coverSpans(source, spans)
  return { source, spans, covered, scan: scanHtml(source, covered) }
}

/** More positions do not fit into a link's token; no mail has them. */
const linksMax = 65_535

type Work = {
  readonly html: HtmlSource
  readonly content: Pick<Content, 'tracking' | 'utm'>
  readonly links: CompiledLink[]
  readonly edits: Edit[]
  readonly faults: Fault[]
}

const placeOf = (source: string, at: number): { line: number; column: number } => {
  const before = source.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const setValue = ({ edits }: Work, { begin, end, quoted }: Attribute, text: string): void => {
  edits.push({ begin, end, text: quoted ? text : `"${text}"` })
}

const addLink = (work: Work, href: Attribute, link: Omit<CompiledLink, 'position'>): void => {
  const position = work.links.length + 1
  work.links.push({ ...link, position })
  setValue(work, href, linkMark(position))
}

/** A target that Liquid makes is rendered by itself, as text: escaping and tracking come after. */
const compilePersonal = (work: Work, element: Element, href: Attribute, tracked: boolean): void => {
  const parsed = parseTemplate(href.value, 'text')
  if ('fault' in parsed) {
    const place = placeOf(work.html.source, href.begin)
    work.faults.push({ ...place, reason: `the link of <${element.name}>: ${parsed.fault.reason}` })
    return
  }
  addLink(work, href, { target: href.value, template: parsed.template, tracked })
}

const compileLink = (work: Work, element: Element, href: Attribute): void => {
  const { html, content, links } = work
  const tracked = content.tracking.clicks && mayTrack(element) && links.length < linksMax
  if (hasLiquid(html.covered, href, html.spans.spans)) {
    compilePersonal(work, element, href, tracked)
    return
  }
  if (element.name !== 'a' || !isWebAddress(href.value)) return
  const target = withUtm(href.value.trim(), content.utm)
  if (tracked) addLink(work, href, { target, template: null, tracked })
  else if (target !== href.value) setValue(work, href, escapeHtml(target))
}

/** A value without quotes would let a variable bring attributes of its own. */
const quoteVariables = (work: Work, element: Element): void => {
  for (const attribute of element.attributes) {
    if (!attribute.given || attribute.quoted || attribute.name === 'href') continue
    if (hasLiquid(work.html.covered, attribute, work.html.spans.spans)) {
      setValue(work, attribute, work.html.source.slice(attribute.begin, attribute.end).replaceAll('"', "'"))
    }
  }
}

const isRaw = ({ html }: Work, at: number): boolean =>
  html.spans.raw.some((stretch) => at >= stretch.begin && at < stretch.end)

const placeParts = (work: Work): void => {
  const { scan, source } = work.html
  const body = scan.elements.find((element) => element.name === 'body' && !isRaw(work, element.begin))
  const close = (name: string) =>
    scan.closings.findLast((closing) => closing.name === name && !isRaw(work, closing.begin))?.begin
  const top = body?.end ?? 0
  const bottom = Math.max(top, close('body') ?? close('html') ?? source.length)
  work.edits.push({ begin: top, end: top, text: partMark('preheader') })
  work.edits.push({ begin: bottom, end: bottom, text: partMark('footer') + partMark('pixel') })
}

const isDocument = ({ elements }: Scan): boolean =>
  elements.some((element) => element.name === 'html' || element.name === 'body')

const wrap = (body: string): string =>
  `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head><body>\n${body}\n</body></html>`

export type CompiledHtml =
  | { readonly template: ParsedTemplate; readonly links: readonly CompiledLink[] }
  | { readonly faults: readonly Fault[] }

/** Rewrites links and sets the places of preheader, footer and pixel, once for all recipients. */
export const compileHtml = (html: HtmlSource, content: Pick<Content, 'tracking' | 'utm'>): CompiledHtml => {
  const work: Work = { html, content, links: [], edits: [], faults: [] }
  for (const element of html.scan.elements) {
    if (isRaw(work, element.begin)) continue
    const href = hrefOf(element)
    if (href && (element.name === 'a' || element.name === 'area')) compileLink(work, element, href)
    quoteVariables(work, element)
  }
  placeParts(work)
  if (work.faults.length > 0) return { faults: work.faults }
  const source = applyEdits(html.source, work.edits)
  const parsed = parseTemplate(isDocument(html.scan) ? source : wrap(source), 'html', compiledEngine)
  return 'fault' in parsed ? { faults: [parsed.fault] } : { template: parsed.template, links: work.links }
}
