import type { Content } from '../../content/contract.ts'
import {
  type CompiledEmail,
  type ContentFault,
  findHtmlDangers,
  findHtmlWarnings,
  type RenderedEmail,
} from '../../content/index.ts'
import type { Check } from '../contract.ts'
import { block, warn } from './check.ts'

const htmlBytesMax = 102_400
const htmlBytesWarn = 81_920
const html = '/content/html'

export const faultChecks = (faults: readonly ContentFault[]): Check[] =>
  faults.map(({ line, column, reason, pointer }) =>
    block('liquid_error', { detail: `Line ${line}, column ${column}: ${reason}`, pointer }),
  )

export const sizeChecks = (content: Content): Check[] => {
  const count = Buffer.byteLength(content.html)
  const given = { count, pointer: html, detail: `The HTML has ${count} bytes; mail programs cut at 102,400.` }
  if (count > htmlBytesMax) return [block('html_over_100kb', given)]
  return count > htmlBytesWarn ? [warn('html_over_100kb', given)] : []
}

/** Judged in the source and in a finished message, for a template may put markup together. */
export const dangerChecks = (email: CompiledEmail, rendered: RenderedEmail | null): Check[] => {
  const found = [...new Set([...email.dangers, ...(rendered ? findHtmlDangers(rendered.html) : [])])]
  return found.length === 0
    ? []
    : [block('dangerous_html', { count: found.length, detail: found.join(', '), pointer: html })]
}

export const sourceWarnings = (content: Content): Check[] => {
  const found = findHtmlWarnings(content.html)
  const counted = (code: string, count: number, detail: string): Check[] =>
    count > 0 ? [warn(code, { count, detail, pointer: html })] : []
  return [
    ...counted('link_without_tls', found.linksWithoutTls, 'Links that begin with http:// are not encrypted.'),
    ...counted(
      'mismatched_link_text',
      found.mismatchedLinks.length,
      `The words of a link name another address than its target: ${found.mismatchedLinks.slice(0, 3).join(', ')}`,
    ),
    ...counted('image_missing_alt', found.imagesWithoutAlt, 'Images have no alternative text.'),
    ...counted('area_link', found.areaLinks, 'Links of image maps are not counted.'),
    ...(content.text === null
      ? [
          warn('text_part_missing', {
            detail: 'There is no own text part; it is made from the HTML.',
            pointer: '/content/text',
          }),
        ]
      : []),
  ]
}

const emojiOnly = /^[\p{Extended_Pictographic}\p{Emoji_Component}\s]+$/u
const replyPrefix = /^\s*(?:re|fwd?|odp|pd|aw|wg|antw)\s*:/i

export const subjectChecks = (subject: string): Check[] => {
  const pointer = '/content/subject'
  if (subject === '') return [block('subject_empty', { detail: 'The subject is empty.', pointer })]
  const checks: Check[] = []
  if (emojiOnly.test(subject) && /\p{Extended_Pictographic}/u.test(subject)) {
    checks.push(warn('subject_emoji_only', { detail: 'The subject consists of emoji alone.', pointer }))
  }
  if (replyPrefix.test(subject)) {
    checks.push(
      warn('reply_re_prefix', { detail: 'The subject looks like an answer or a forward.', pointer }),
    )
  }
  return checks
}

export const unsubscribeChecks = ({ unsubscribe }: RenderedEmail): Check[] =>
  unsubscribe.html || unsubscribe.text
    ? []
    : [
        block('unsubscribe_missing', {
          detail:
            'There is no unsubscribe link: use {{ links.unsubscribe }} or switch the enforced footer on.',
          pointer: html,
        }),
      ]
