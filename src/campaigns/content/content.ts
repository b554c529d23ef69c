import type { Content, ContentInput } from '../../content/contract.ts'
import { invalidField, unprocessable } from '../../http/errors.ts'
import { parseEmail } from '../../lib/email-address.ts'

const noUtm = { source: '', medium: '', campaign: '', content: '' }

const defaults = {
  preheader: '',
  text: null,
  reply_to: null,
  from_name: null,
  tracking: { opens: true, clicks: true, anonymous: false },
  utm: null,
  on_missing: 'empty',
  web_version: true,
} as const

const readReplyTo = (address: string | null): string | null => {
  if (address === null || address === '') return null
  const parsed = parseEmail(address)
  if (!parsed) throw invalidField('/content/reply_to', 'pattern', 'is not an e-mail address')
  return parsed.address
}

const mergeUtm = (before: Content['utm'], given: ContentInput['utm']): Content['utm'] => {
  if (given === undefined) return before
  return given === null ? null : { ...noUtm, ...before, ...given }
}

/**
 * What is given laid over what stands (RFC 7396).
 * @throws AppError 422 `exactly_one_content_source` without HTML, `validation_failed` without subject.
 */
export const mergeContent = (before: Content | null, given: ContentInput): Content => {
  const { subject = before?.subject, html, tracking, utm, ...rest } = given
  const source = html === undefined ? before?.html : html
  if (source === undefined || source === null) {
    throw unprocessable('exactly_one_content_source')
  }
  if (subject === undefined) throw invalidField('/content/subject', 'required', 'is required')
  const merged = { ...defaults, ...before, ...rest }
  return {
    ...merged,
    subject,
    html: source,
    text: merged.text === '' ? null : merged.text,
    from_name: merged.from_name === '' ? null : merged.from_name,
    reply_to: readReplyTo(merged.reply_to),
    tracking: { ...merged.tracking, ...tracking },
    utm: mergeUtm(before?.utm ?? null, utm),
  }
}
