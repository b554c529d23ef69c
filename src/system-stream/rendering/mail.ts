import type { Config } from '../../config.ts'
import { isCodeKind, type SystemMessage } from '../kinds.ts'
import type { MessageLink } from '../links.ts'
import type { StreamTexts } from '../texts/text.ts'
import { fillLine, type Given, nameValues, textsOf, writeTime } from './words.ts'

type Fact = readonly [name: string, value: string]

/** A mail before it is text or HTML: both say the same. */
type Letter = {
  readonly lines: readonly string[]
  readonly code: string | null
  readonly button: { readonly words: string; readonly href: string } | null
  readonly facts: readonly Fact[]
  readonly notMe: { readonly words: string; readonly button: string; readonly href: string } | null
  readonly footer: string
}

const factsOf = (message: SystemMessage, texts: StreamTexts): readonly Fact[] => {
  const { at, address, agent } = message.values as Given
  if (at === undefined) return []
  return [
    [texts.time, writeTime(at, message.language, message.timeZone)],
    ...(address === undefined ? [] : [[texts.address, address ?? texts.unresolved] as const]),
    ...(agent === undefined ? [] : [[texts.browser, agent] as const]),
  ]
}

const hostOf = ({ publicUrl }: Config): string => new URL(publicUrl).host

type Links = { readonly main: MessageLink | null; readonly notMe: MessageLink | null }

const letterOf = (config: Config, message: SystemMessage, { main, notMe }: Links): Letter => {
  const texts = textsOf(message.language)
  const { lines, button } = texts.kinds[message.kind]
  const values = nameValues(message.values as Given, message.language, message.timeZone)
  return {
    lines: [...lines.flatMap((line) => fillLine(line, values) ?? [])],
    code: isCodeKind(message.kind) ? (values.get('code') ?? null) : null,
    button: main && button !== undefined ? { words: button, href: main.href } : null,
    facts: factsOf(message, texts),
    notMe: notMe && { words: texts.notMe, button: texts.notMeButton, href: notMe.href },
    footer: texts.footer.replace('{host}', hostOf(config)),
  }
}

const toText = (letter: Letter, texts: StreamTexts): string =>
  [
    ...letter.lines,
    ...(letter.code === null ? [] : [`${texts.code}: ${letter.code}`, texts.neverTell]),
    ...(letter.button === null ? [] : [`${letter.button.words}:\n${letter.button.href}`]),
    ...(letter.facts.length === 0
      ? []
      : [letter.facts.map(([name, value]) => `${name}: ${value}`).join('\n')]),
    ...(letter.notMe === null ? [] : [`${letter.notMe.words}\n${letter.notMe.href}`]),
    `-- \n${letter.footer}`,
  ].join('\n\n')

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const paragraph = (content: string): string => `<p>${content}</p>`
const anchor = (href: string, words: string): string =>
  `<a href="${escapeHtml(href)}">${escapeHtml(words)}</a>`

/** Plain on purpose: nothing is loaded, nothing is styled away, a link shows where it leads. */
const toHtml = (letter: Letter, texts: StreamTexts, language: string, subject: string): string => {
  const parts = [
    ...letter.lines.map((line) => paragraph(escapeHtml(line).replaceAll('\n', '<br>'))),
    ...(letter.code === null
      ? []
      : [
          paragraph(
            `${escapeHtml(texts.code)}:<br><strong style="font-size:24px">${escapeHtml(letter.code)}</strong>`,
          ),
          paragraph(escapeHtml(texts.neverTell)),
        ]),
    ...(letter.button === null ? [] : [paragraph(anchor(letter.button.href, letter.button.words))]),
    ...(letter.facts.length === 0
      ? []
      : [
          paragraph(
            letter.facts.map(([name, value]) => `${escapeHtml(name)}: ${escapeHtml(value)}`).join('<br>'),
          ),
        ]),
    ...(letter.notMe === null
      ? []
      : [
          paragraph(`${escapeHtml(letter.notMe.words)}<br>${anchor(letter.notMe.href, letter.notMe.button)}`),
        ]),
    paragraph(`<small>${escapeHtml(letter.footer)}</small>`),
  ]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>${parts.join('\n')}</body></html>`
}

export const renderMail = (config: Config, message: SystemMessage, links: Links) => {
  const texts = textsOf(message.language)
  const { subject } = texts.kinds[message.kind]
  const letter = letterOf(config, message, links)
  return { subject, text: toText(letter, texts), html: toHtml(letter, texts, message.language, subject) }
}
