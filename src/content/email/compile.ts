import type { Content } from '../contract.ts'
import { findDangers } from '../html/dangers.ts'
import { type Fault, type ParsedTemplate, parseTemplate } from '../liquid/template.ts'
import { type CompiledLink, compileHtml, type HtmlSource, readHtml } from './compile-html.ts'
import { toTextTemplate } from './text-part.ts'

/** A fault and the member of the content it stands in, as `/content/html`. */
export type ContentFault = Fault & { readonly pointer: string }

export type CompiledEmail = {
  readonly subject: ParsedTemplate
  readonly preheader: ParsedTemplate
  readonly fromName: ParsedTemplate | null
  readonly html: ParsedTemplate
  /** The HTML as its author wrote it; faults are told in its lines. */
  readonly authored: ParsedTemplate
  /** Null where no template could be made from the HTML: then the text is made from each finished HTML. */
  readonly text: ParsedTemplate | null
  readonly links: readonly CompiledLink[]
  /** The words of both parts, to see whether they tell the postal address. */
  readonly htmlWords: string
  readonly textWords: string
  readonly dangers: readonly string[]
  /** Whether anything is shown that a contact may lack. */
  readonly showsValues: boolean
  /** All variables named, as `contact.first_name`. */
  readonly variables: readonly string[]
  readonly content: Content
}

export type Compiled =
  | { readonly email: CompiledEmail }
  | { readonly faults: readonly [ContentFault, ...ContentFault[]] }

class Faults {
  readonly found: ContentFault[] = []

  parse(source: string, mode: 'html' | 'text', member: string): ParsedTemplate | null {
    const parsed = parseTemplate(source, mode)
    if ('template' in parsed) return parsed.template
    this.found.push({ ...parsed.fault, pointer: `/content/${member}` })
    return null
  }
}

const wordsOf = (html: HtmlSource): string => html.scan.texts.map(({ text }) => text).join('')

const compileText = (
  faults: Faults,
  content: Content,
  html: HtmlSource,
): { source: string; text: ParsedTemplate | null } => {
  if (content.text !== null) return { source: content.text, text: faults.parse(content.text, 'text', 'text') }
  const source = toTextTemplate(html.source, html.spans, content.utm)
  const parsed = parseTemplate(source, 'text')
  return { source, text: 'template' in parsed ? parsed.template : null }
}

/** Reads a content once per revision; what is left per recipient is filling in (email.md §5). */
export const compileEmail = (content: Content): Compiled => {
  const faults = new Faults()
  const subject = faults.parse(content.subject, 'text', 'subject')
  const preheader = faults.parse(content.preheader, 'text', 'preheader')
  const fromName = content.from_name === null ? null : faults.parse(content.from_name, 'text', 'from_name')
  const read = faults.parse(content.html, 'html', 'html')
  if (!read || !subject || !preheader) return faulty(faults)
  const html = readHtml(content.html)
  const text = compileText(faults, content, html)
  const compiled = compileHtml(html, content)
  if ('faults' in compiled) {
    faults.found.push(...compiled.faults.map((fault) => ({ ...fault, pointer: '/content/html' })))
  }
  if (faults.found.length > 0 || 'faults' in compiled) return faulty(faults)
  const targets = compiled.links.flatMap((link) => link.template ?? [])
  const templates = [subject, preheader, read, ...targets, fromName ?? [], text.text ?? []].flat()
  return {
    email: {
      subject,
      preheader,
      fromName,
      html: compiled.template,
      authored: read,
      text: text.text,
      links: compiled.links,
      htmlWords: wordsOf(html),
      textWords: text.source,
      dangers: findDangers(html.scan, html.covered),
      showsValues: showsValues(templates),
      variables: [...new Set(templates.flatMap((template) => template.variables))].toSorted(),
      content,
    },
  }
}

/** What every message has. */
const given = /^(?:links|campaign|sender|today)\b/

const showsValues = (templates: readonly ParsedTemplate[]): boolean =>
  templates.some(({ shown }) => shown.some((name) => !given.test(name)))

const faulty = ({ found }: Faults): Compiled => {
  const [first, ...rest] = found
  if (!first) throw new Error('content without fault was called faulty')
  return { faults: [first, ...rest] }
}
