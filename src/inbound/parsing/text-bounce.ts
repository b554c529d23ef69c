import { ownWords, subjectOf } from './automatic.ts'
import type { StatusGroup } from './delivery-status.ts'
import type { Part } from './parts.ts'

const daemon = /mailer-?daemon|postmaster|mail delivery (?:sub)?system|mail ?delivery|mdaemon|\bmaildaemon\b/i
const failure =
  /undeliver|delivery (?:status notification|failure|has failed|failed|report)|mail delivery failed|returned mail|return(?:ed)? to sender|failure notice|delivery incomplete|could not be delivered|unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|niedostarcz|nie (?:została|mogła|można|udało).{0,20}dostarcz|zwrot|échec de (?:la )?remise|non remis|no se pudo entregar|mancata consegna/i
const temporary =
  /\b(?:warning|delay(?:ed)?|still trying|will (?:keep|continue) trying|no action is required|verzögert|opóźnien)/i
const body =
  /(?:could|can)(?: ?not|n't) be delivered|permanent (?:fatal )?error|wasn't able to deliver|unable to deliver|following address(?:es)? (?:failed|had)|delivery (?:to the following|has failed|failed)|did not reach the following|user unknown|qmail-send|konnte nicht zugestellt|nie (?:została|mogła|można).{0,20}dostarcz/i

// Marks after which the returned message stands; its words are ours and prove nothing.
const returned =
  /^(?:-{2,}\s*(?:below this line|this is a copy|original message|the body|undelivered|returned|kopie|urspr|treść)|.{0,20}(?:-{3,}|_{3,}).{0,20}(?:message header|original message|forwarded message)|original message (?:headers )?follows|received: (?:from|by) |return-path: <|diagnostic information for administrators$)/im

const replyPattern = /\b([45]\d\d)[ -]+#?([45]\.\d{1,3}\.\d{1,3})?[^\r\n]{0,400}/
const enhancedPattern = /[#(\s]([45]\.\d{1,3}\.\d{1,3})\b[^\r\n]{0,400}/

const isFromDaemon = (mail: Part): boolean =>
  daemon.test(mail.fields.first('from') ?? '') || mail.fields.has('x-failed-recipients')

const cut = (words: string): string => {
  const at = returned.exec(words)?.index ?? words.length
  return at > 20 ? words.slice(0, at) : words
}

const sentenceOf = (words: string): string => {
  const lines = words
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  const found = lines.findIndex((line) =>
    /unknown|full|quota|no such|not exist|disabled|rejected|refused|spam|blocked|voll|pełn|unbekannt|nie istnieje|not found|unrout|not listed|no longer|disabled/i.test(
      line,
    ),
  )
  return (found === -1 ? lines : lines.slice(found, found + 2)).join(' ').slice(0, 500)
}

const addressIn = (mail: Part, words: string): string | null =>
  /[^\s<>";,():]{1,64}@[^\s<>";,():]{1,255}/.exec(mail.fields.first('x-failed-recipients') ?? '')?.[0] ??
  /<([^\s<>@]{1,64}@[^\s<>]{1,255})>/.exec(words)?.[1] ??
  /[^\s<>";,():]{1,64}@[\w.-]{1,255}\w/.exec(words)?.[0] ??
  null

/** A bounce in words alone, as older servers write it; null when the mail is none. */
export const readTextBounce = (parts: readonly Part[], fromNobody: boolean): StatusGroup | null => {
  const [mail] = parts
  if (!mail) return null
  const subject = subjectOf(mail)
  const words = cut(ownWords(parts))
  const fromDaemon = isFromDaemon(mail)
  const failed = failure.test(subject)
  const told = body.test(words)
  // One sign alone is not enough: people quote bounces, and daemons write other things, too.
  if (!fromDaemon && !(fromNobody && failed)) return null
  if (!failed && !told) return null
  const line = replyPattern.exec(words) ?? null
  const enhanced = line?.[2] ?? enhancedPattern.exec(words)?.[1] ?? null
  const code = enhanced ?? line?.[1] ?? ''
  const text = (line?.[0] ?? enhancedPattern.exec(words)?.[0] ?? sentenceOf(words))
    .replaceAll(/\s+/g, ' ')
    .trim()
  const delayed =
    temporary.test(subject) ||
    (code.startsWith('4') && temporary.test(words) && !/giving up|given up|permanent/i.test(words))
  return {
    action: delayed ? 'delayed' : 'failed',
    address: addressIn(mail, words),
    code,
    text: text.slice(0, 500),
    receiver: null,
  }
}
