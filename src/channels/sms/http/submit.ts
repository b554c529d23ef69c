import {
  type OutboundAnswer,
  type OutboundGuard,
  RequestFault,
  requestUrl,
  TargetError,
} from '../../../lib/outbound-guard/index.ts'
import type { SmsTemplate } from './template.ts'

export type SmsText = { readonly id: string; readonly to: string; readonly text: string }

/** The words of channels/channel.ts, for one text. */
export type SmsAnswer =
  | { readonly kind: 'accepted'; readonly providerRef: string | null }
  | { readonly kind: 'temporary'; readonly code: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'permanent'; readonly code: string }
  | { readonly kind: 'unanswered'; readonly code: string }

const placeholder = /\{\{(\w+)\}\}/g

const wordsOf = ({ id, to, text }: SmsText): Readonly<Record<string, string>> => ({
  id,
  to,
  to_digits: to.replace(/^\+/, ''),
  text,
})

type Fill = (template: string) => string

const fillWith =
  (message: SmsText, encode: (value: string) => string): Fill =>
  (template) => {
    const words = wordsOf(message)
    return template.replaceAll(placeholder, (_, word: string) => encode(words[word] ?? ''))
  }

/** Texts are filled inside the parsed JSON, so that no content can break out of its string. */
const fillJson = (value: unknown, fill: Fill): unknown => {
  if (typeof value === 'string') return fill(value)
  if (Array.isArray(value)) return value.map((item) => fillJson(item, fill))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillJson(item, fill)]))
}

type Body = { readonly type: string; readonly text: string } | null

const bodyOf = ({ body }: SmsTemplate, message: SmsText): Body => {
  const fill = fillWith(message, (value) => value)
  switch (body.kind) {
    case 'json':
      return { type: 'application/json', text: JSON.stringify(fillJson(body.value, fill)) }
    case 'form': {
      const fields = Object.entries(body.fields).map(([name, value]): [string, string] => [name, fill(value)])
      return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() }
    }
    case 'none':
      return null
  }
}

const pointedAt = (value: unknown, pointer: string): unknown => {
  let found = value
  for (const part of pointer.slice(1).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined
  }
  return found
}

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}

const refLengthMax = 200
const retryAfterOf = ({ headers }: OutboundAnswer): { retryAfterSeconds?: number } => {
  const text = headers['retry-after']
  return typeof text === 'string' && /^\d{1,5}$/.test(text) ? { retryAfterSeconds: Number(text) } : {}
}

/** What the provider said, in our words. */
const judge = (template: SmsTemplate, answer: OutboundAnswer): SmsAnswer => {
  const code = `http_${answer.status}`
  if (!template.accepted.includes(answer.status)) {
    const later = answer.status === 429 || answer.status === 408 || answer.status === 425
    // A gateway's own fault may hide that the text was taken: only "later" is a definite no.
    if (answer.status >= 500 && answer.status !== 503) return { kind: 'unanswered', code }
    return later || answer.status === 503
      ? { kind: 'temporary', code, ...retryAfterOf(answer) }
      : { kind: 'permanent', code }
  }
  const told = parse(answer.body)
  const { success, idAt } = template
  if (success && !success.values.includes(String(pointedAt(told, success.at))))
    return { kind: 'permanent', code: 'refused_in_body' }
  const ref = idAt === null ? null : pointedAt(told, idAt)
  const isRef = typeof ref === 'string' || typeof ref === 'number'
  return { kind: 'accepted', providerRef: isRef ? String(ref).slice(0, refLengthMax) : null }
}

/** Before the first byte nothing can have been taken; after it nobody knows. */
const lost = (error: unknown): SmsAnswer => {
  if (error instanceof TargetError)
    return error.code === 'dns_failed'
      ? { kind: 'temporary', code: error.code }
      : { kind: 'permanent', code: error.code }
  if (!(error instanceof RequestFault)) throw error
  return { kind: error.begun ? 'unanswered' : 'temporary', code: error.code }
}

/** Hands one text to the provider of the template; it throws for defects only. */
export const submitSms = async (
  guard: OutboundGuard,
  template: SmsTemplate,
  message: SmsText,
  signal: AbortSignal,
): Promise<SmsAnswer> => {
  const body = bodyOf(template, message)
  const fill = fillWith(message, (value) => value)
  const headers = Object.entries(template.headers).map(([name, value]) => [name.toLowerCase(), fill(value)])
  try {
    const answer = await requestUrl(guard, {
      kind: 'provider',
      url: fillWith(message, encodeURIComponent)(template.url),
      method: template.method,
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': body.type } : {}),
        ...Object.fromEntries(headers),
      },
      ...(body ? { body: body.text } : {}),
      signal,
      totalMs: template.timeoutMs,
    })
    return judge(template, answer)
  } catch (error) {
    return lost(error)
  }
}
