import type { Json } from '../lib/canonical-json.ts'

const secretWords = new Set([
  'password',
  'passphrase',
  'passcode',
  'secret',
  'secrets',
  'token',
  'tokens',
  'otp',
  'totp',
  'pin',
  'cvv',
  'pepper',
  'credential',
  'credentials',
  'authorization',
  'cookie',
  'cookies',
  'sealed',
  'signature',
  'otpauth',
  'qr',
])
const secretNames = /^(?:code|codes|.*_codes?|key|.*_key|apikey|private|private_.*|hash|.*_hash|.*_mac)$/
/** Keys and codes that are names of things and open nothing. */
const harmless =
  /^(?:country_codes?|error_code|status_code|problem_code|reason_code|language_code|postal_code|campaign_key|idempotency_key|merge_key|permission_key|contact_key|field_key|key_id|file_hash|has_.*|.*_set|.*_count|.*_left|.*_at)$/
const bodies = new Set(['html', 'mjml', 'body', 'source', 'text', 'content', 'plain', 'markup', 'amp'])
/** Shapes of our own secrets, wherever they stand. */
const secretShape =
  /\b(?:cmp_(?:live|test)_[A-Za-z0-9_-]{8,}|whsec_[A-Za-z0-9+/=_-]{8,}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_.-]{10,}|[1-9]?\d-[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3})/g
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi

export const maskedValue = '•••'
const keptOutValue = '(not kept)'
const textMax = 1_000
const listMax = 200

const isSecretName = (name: string): boolean => {
  const plain = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
  if (harmless.test(plain)) return false
  return secretNames.test(plain) || plain.split(/[^a-z0-9]+/).some((word) => secretWords.has(word))
}

const maskText = (text: string): string => {
  const masked = text.replaceAll(secretShape, maskedValue).replaceAll(userInfo, `$1${maskedValue}@`)
  const points = [...masked]
  return points.length > textMax ? `${points.slice(0, textMax).join('')}… (${points.length})` : masked
}

const maskMember = (name: string, value: Json): Json => {
  if (value === null || typeof value === 'boolean') return value
  if (isSecretName(name)) return maskedValue
  if (bodies.has(name.toLowerCase()) && typeof value === 'string' && value !== '') return keptOutValue
  return maskValue(value)
}

const maskValue = (value: Json): Json => {
  if (typeof value === 'string') return maskText(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const kept: Json[] = value.slice(0, listMax).map((member: Json) => maskValue(member))
    return value.length > listMax ? [...kept, `… (${value.length})`] : kept
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, maskMember(name, (member ?? null) as Json)]),
  )
}

export type Values = { readonly [name: string]: Json }

/** Takes secrets and bodies out of a difference, by the names of its fields and by the shapes of our own keys. */
export const maskSecrets = (values: Values): Values => maskValue(values) as Values
