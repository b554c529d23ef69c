/** How one provider wants to be asked, as the operator wrote it down; it holds credentials. */
export type SmsTemplate = {
  readonly url: string
  readonly method: 'POST' | 'PUT' | 'GET'
  readonly headers: Readonly<Record<string, string>>
  readonly body:
    | { readonly kind: 'json'; readonly value: unknown }
    | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
    | { readonly kind: 'none' }
  /** Statuses that mean "taken". */
  readonly accepted: readonly number[]
  /** JSON pointer (RFC 6901) to the provider's id of the message; null when it gives none. */
  readonly idAt: string | null
  /** For providers that refuse with a friendly status: what must stand where. */
  readonly success: { readonly at: string; readonly values: readonly string[] } | null
  readonly timeoutMs: number
}

export class TemplateFault extends Error {}
const fault = (text: string): TemplateFault => new TemplateFault(`the request template ${text}`)

type Given = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const members = [
  'url',
  'method',
  'headers',
  'json',
  'form',
  'accepted',
  'id_at',
  'success',
  'timeout_seconds',
]
const placeholders = ['to', 'to_digits', 'text', 'id']

/** A misspelt placeholder would be sent to people as it stands. */
const checkPlaceholders = (name: string, text: string, allowed: readonly string[]): void => {
  for (const [, word = ''] of text.matchAll(/\{\{([^}]*)\}\}/g))
    if (!allowed.includes(word)) throw fault(`knows no {{${word}}} in ${name}`)
}

const readTexts = (name: string, value: unknown, allowed: readonly string[]): Record<string, string> => {
  if (value === undefined) return {}
  if (!isObject(value)) throw fault(`needs an object in "${name}"`)
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== 'string' || /[\r\n\0]/.test(text + key))
        throw fault(`needs texts of one line in "${name}"`)
      checkPlaceholders(name, text, allowed)
      return [key, text]
    }),
  )
}

const readUrl = (value: unknown): string => {
  if (typeof value !== 'string' || !URL.canParse(value)) throw fault('needs an address in "url"')
  const url = new URL(value)
  if (url.username || url.password || url.hash) throw fault('takes no user and no fragment in "url"')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw fault('needs https in "url"')
  checkPlaceholders('url', value, placeholders)
  if (/\{\{/.test(value.split('?')[0] ?? '')) throw fault('takes placeholders after the "?" of "url" only')
  return value
}

const readBody = ({ json, form }: Given): SmsTemplate['body'] => {
  if (json !== undefined && form !== undefined) throw fault('takes either "json" or "form"')
  if (form !== undefined) return { kind: 'form', fields: readTexts('form', form, placeholders) }
  if (json === undefined) return { kind: 'none' }
  checkPlaceholders('json', JSON.stringify(json), placeholders)
  return { kind: 'json', value: json }
}

const readAccepted = (value: unknown): readonly number[] => {
  if (value === undefined) return [200, 201, 202]
  if (!Array.isArray(value) || value.length === 0 || !value.every((code) => code >= 200 && code < 300))
    throw fault('needs statuses from 200 to 299 in "accepted"')
  return value as number[]
}

const readPointer = (name: string, value: unknown): string | null => {
  if (value === undefined) return null
  if (typeof value !== 'string' || !value.startsWith('/')) throw fault(`needs a JSON pointer in "${name}"`)
  return value
}

const readSuccess = (value: unknown): SmsTemplate['success'] => {
  if (value === undefined) return null
  const at = isObject(value) ? readPointer('success.at', value['at']) : null
  const values = isObject(value) && Array.isArray(value['values']) ? value['values'].map(String) : []
  if (at === null || values.length === 0) throw fault('needs "at" and "values" in "success"')
  return { at, values }
}

const readTimeout = (value: unknown): number => {
  if (value === undefined) return 10_000
  if (typeof value !== 'number' || !(value >= 1 && value <= 60))
    throw fault('needs 1 to 60 in "timeout_seconds"')
  return value * 1_000
}

const readMethod = (value: unknown): SmsTemplate['method'] => {
  if (value === undefined) return 'POST'
  if (value !== 'POST' && value !== 'PUT' && value !== 'GET')
    throw fault('needs POST, PUT or GET in "method"')
  return value
}

/** Recipient and text must go somewhere, else every code would be lost in silence. */
const checkComplete = (template: SmsTemplate): void => {
  const whole = `${template.url} ${JSON.stringify(template.body)}`
  if (!/\{\{to(?:_digits)?\}\}/.test(whole)) throw fault('puts {{to}} nowhere')
  if (!whole.includes('{{text}}')) throw fault('puts {{text}} nowhere')
  if (template.method === 'GET' && template.body.kind !== 'none') throw fault('sends no body with GET')
}

const parse = (text: string): Given => {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    // The parser's own words would quote the file, which holds credentials.
  }
  throw fault('is no JSON object')
}

/** @throws TemplateFault with a sentence that quotes no value */
export const readSmsTemplate = (text: string): SmsTemplate => {
  const given = parse(text)
  const unknown = Object.keys(given).find((name) => !members.includes(name))
  if (unknown !== undefined) throw fault(`knows no "${unknown}"`)
  const template: SmsTemplate = {
    url: readUrl(given['url']),
    method: readMethod(given['method']),
    headers: readTexts('headers', given['headers'], ['id']),
    body: readBody(given),
    accepted: readAccepted(given['accepted']),
    idAt: readPointer('id_at', given['id_at']),
    success: readSuccess(given['success']),
    timeoutMs: readTimeout(given['timeout_seconds']),
  }
  checkComplete(template)
  return template
}
