import type { Context } from 'liquidjs'
import { isWebAddress, safeTarget, withUtm } from '../html/links.ts'
import { Fixed, joinPieces, type Piece } from '../liquid/pieces.ts'
import type { MessageParts, RenderState } from '../liquid/state.ts'
import { type ParsedTemplate, renderPieces, renderTemplate, renderWithin } from '../liquid/template.ts'
import { escapeHtml } from '../liquid/values.ts'
import type { RecipientLinks } from '../tokens.ts'
import type { CompiledEmail, ContentFault } from './compile.ts'
import { type ContactValues, type Surroundings, stateFor, variablesFor } from './data.ts'
import { htmlFooter, tellsAddress, textFooter } from './footer.ts'
import { oneLine } from './mime/words.ts'
import { htmlToText } from './text-part.ts'
import { tidy } from './text-pieces.ts'

type Rendered<Part> = {
  readonly subject: string
  readonly preheader: string
  readonly fromName: string
  readonly html: Part
  readonly text: Part
  /** Variables that were shown without a value. */
  readonly missing: readonly string[]
  /** Whether an unsubscribe link stands in the parts, the enforced footer counted. */
  readonly unsubscribe: { readonly html: boolean; readonly text: boolean }
}
/** The texts whole, to be looked at. */
export type RenderedEmail = Rendered<string>
/** The texts in pieces, to be sent: what all recipients share need not be encoded again. */
export type RenderedParts = Rendered<readonly Piece[]>

export type EmailRendering = { readonly email: RenderedEmail } | { readonly fault: ContentFault }
export type PartsRendering = { readonly email: RenderedParts } | { readonly fault: ContentFault }

/** `message`: what leaves. `view`: the same without tracking, pixel and preheader, for previews and web versions. */
export type RenderKind = 'message' | 'view'

type Render = {
  readonly compiled: CompiledEmail
  readonly surroundings: Surroundings
  readonly links: RecipientLinks
  readonly kind: RenderKind
  readonly locale: string
}

const cut = (text: string): string => (text.length <= 500 ? text : [...text].slice(0, 500).join(''))

const personalTargetBytesMax = 5_000

const trackedTarget = ({ links }: Render, position: number, target: string, personal: boolean): string => {
  if (!personal) return links.clickUrl(position)
  return Buffer.byteLength(target) > personalTargetBytesMax ? target : links.clickUrl(position, target)
}

/** Text of the target at a position; the recipient's own links are never sent through the click counter. */
const targetAt = (
  render: Render,
  parts: { unsubscribeShown: boolean },
  position: number,
  context: Context,
): string => {
  const link = render.compiled.links[position - 1]
  if (!link) return ''
  const rendered = link.template ? safeTarget(renderWithin(link.template, context)) : link.target
  if (link.template && rendered === render.links.unsubscribeUrl) {
    parts.unsubscribeShown = true
    return rendered
  }
  if (link.template && rendered === render.links.webVersionUrl) return rendered
  const target = link.template ? withUtm(rendered, render.compiled.content.utm) : rendered
  if (render.kind === 'view' || !link.tracked || !isWebAddress(target)) return target
  return trackedTarget(render, position, target, link.template !== null)
}

/** Characters that keep mail programs from showing the beginning of the text after a short preheader. */
const preheaderFiller = '&#847;&zwnj;&nbsp;'.repeat(60)
const hidden =
  'display:none;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px'
const preheaderBegin = new Fixed(`<div style="${hidden}">`)
const preheaderEnd = new Fixed(`${preheaderFiller}</div>`)

const preheaderBlock = (render: Render, preheader: string): readonly Piece[] =>
  render.kind === 'view' || preheader === '' ? [] : [preheaderBegin, escapeHtml(preheader), preheaderEnd]

const pixelEnd = new Fixed('" width="1" height="1" alt="" style="border:0;width:1px;height:1px">')

const pixelFor = ({ kind, compiled, links }: Render): readonly Piece[] =>
  kind === 'view' || !compiled.content.tracking.opens
    ? []
    : [`<img src="${escapeHtml(links.openPixelUrl)}`, pixelEnd]

const told = new WeakMap<CompiledEmail, Map<string, boolean>>()

/** The same for all recipients of a content; searched once. */
const alreadyTells = (compiled: CompiledEmail, part: 'htmlWords' | 'textWords', address: string): boolean => {
  const answers = told.get(compiled) ?? new Map<string, boolean>()
  told.set(compiled, answers)
  const name = `${part} ${address}`
  const answer = answers.get(name) ?? tellsAddress(compiled[part], address)
  answers.set(name, answer)
  return answer
}

const lackingIn = (render: Render, part: 'htmlWords' | 'textWords', unsubscribeShown: boolean) => {
  const { postalAddress, enforcedFooter } = render.surroundings.account
  const address =
    postalAddress !== null && !alreadyTells(render.compiled, part, postalAddress) ? postalAddress : null
  return enforcedFooter
    ? { unsubscribeUrl: unsubscribeShown ? null : render.links.unsubscribeUrl, address }
    : { unsubscribeUrl: null, address: null }
}

const makeParts = (render: Render, preheader: string): MessageParts => {
  const parts: MessageParts = {
    links: render.links,
    linkTarget: (position, context) => targetAt(render, parts, position, context),
    preheader: preheaderBlock(render, preheader),
    footer: () => htmlFooter(lackingIn(render, 'htmlWords', parts.unsubscribeShown), render.locale),
    pixel: pixelFor(render),
    unsubscribeShown: false,
  }
  return parts
}

type Fill = (template: ParsedTemplate, member: string, message?: MessageParts) => readonly Piece[]

const makeFill = (
  render: Render,
  contact: ContactValues | null,
  faults: ContentFault[],
  state: RenderState,
): Fill => {
  const { compiled, surroundings, links } = render
  const variables = variablesFor(contact, surroundings, links, state.timeZone)
  return (template, member, message) => {
    const rendered = renderPieces(template, variables, { ...state, message: message ?? null })
    if ('pieces' in rendered) return rendered.pieces
    const own = member === 'html' ? renderTemplate(compiled.authored, variables, state) : rendered
    faults.push({ ...('fault' in own ? own.fault : rendered.fault), pointer: `/content/${member}` })
    return []
  }
}

type TextPart = { readonly text: readonly Piece[]; readonly unsubscribeShown: boolean }

const textPart = (render: Render, fill: Fill, html: readonly Piece[]): TextPart => {
  const { compiled, links, locale } = render
  const filled = compiled.text ? fill(compiled.text, 'text') : [htmlToText(joinPieces(html))]
  // Branches that were not taken leave their empty lines behind.
  const body = compiled.content.text === null ? tidy(filled) : filled
  const unsubscribeShown = namesLinks(compiled) && shows(body, links.unsubscribeUrl)
  const foot = compiled.text ? textFooter(lackingIn(render, 'textWords', unsubscribeShown), locale) : ''
  return { text: foot === '' ? body : [...body, foot], unsubscribeShown }
}

const namesLinks = ({ text }: CompiledEmail): boolean =>
  text === null || text.variables.some((name) => name.startsWith('links') || name.startsWith('['))

const shows = (pieces: readonly Piece[], url: string): boolean =>
  pieces.some((piece) => typeof piece === 'string' && piece.includes(url)) || joinPieces(pieces).includes(url)

/** Fills a compiled e-mail for one recipient. A fault is a value: the row becomes `render_failed`. */
export const renderParts = (
  compiled: CompiledEmail,
  contact: ContactValues | null,
  surroundings: Surroundings,
  links: RecipientLinks,
  kind: RenderKind = 'message',
): PartsRendering => {
  const state = stateFor(contact, surroundings)
  const render: Render = { compiled, surroundings, links, kind, locale: state.locale }
  const faults: ContentFault[] = []
  const fill = makeFill(render, contact, faults, state)
  const subject = joinPieces(fill(compiled.subject, 'subject'))
  const preheader = oneLine(joinPieces(fill(compiled.preheader, 'preheader')))
  const fromName = compiled.fromName
    ? joinPieces(fill(compiled.fromName, 'from_name'))
    : surroundings.sender.name
  const parts = makeParts(render, preheader)
  const html = fill(compiled.html, 'html', parts)
  const { text, unsubscribeShown } = textPart(render, fill, html)
  const [fault] = faults
  if (fault) return { fault }
  const enforced = surroundings.account.enforcedFooter
  return {
    email: {
      subject: cut(oneLine(subject)),
      preheader,
      fromName: cut(oneLine(fromName)),
      html,
      text,
      missing: [...state.missing],
      unsubscribe: { html: parts.unsubscribeShown || enforced, text: unsubscribeShown || enforced },
    },
  }
}

/** The same with its texts whole. */
export const renderEmail = (...given: Parameters<typeof renderParts>): EmailRendering => {
  const rendered = renderParts(...given)
  if ('fault' in rendered) return rendered
  const { html, text } = rendered.email
  return { email: { ...rendered.email, html: joinPieces(html), text: joinPieces(text) } }
}
