import { type AppError, unprocessable } from '../../http/errors.ts'
import { isCommon } from './common.ts'

/** For a person whose sign-in asks for nothing but the password. */
export const passwordLengthMin = 15
/** For a person of whom a second factor is demanded in any case. */
export const passwordLengthMinWithFactor = 12
const passwordLengthMax = 256
const passwordBytesMax = 1_024

export type PasswordContext = {
  readonly login: string
  readonly email: string
  readonly accountName: string
}

const contextWords = (context: PasswordContext): string[] => {
  const [local = '', domain = ''] = context.email.toLowerCase().split('@')
  const name = context.accountName.toLowerCase()
  return [
    'campanile',
    name,
    ...name.split(/[^\p{L}\p{N}]+/u),
    context.login.toLowerCase(),
    local,
    ...local.split(/[^\p{L}\p{N}]+/u),
    domain,
    ...domain.split('.'),
  ]
    .map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => word.length >= 4)
}

/** A context word with trivial additions: what stays after the words, digits and signs are taken away is nearly nothing. */
const isContextOnly = (password: string, context: PasswordContext): boolean => {
  const letters = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  const words = contextWords(context).sort((a, b) => b.length - a.length)
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), letters)
  return rest !== letters && rest.replaceAll(/\d/g, '').length < 4
}

export type WeakReason = 'too_short' | 'too_long' | 'common' | 'context' | 'breached'
export const passwordWeak = (reason: WeakReason, detail: string): AppError =>
  unprocessable('password_weak', detail, { reason })

/**
 * The rules for a chosen password (security.md §4.2), length counted in code points after NFC. What a lookup abroad adds
 * is asked by `acceptPassword`.
 * @throws AppError 422 `password_weak` with `reason` too_short, too_long, common or context.
 */
export const checkPassword = (
  password: string,
  context: PasswordContext,
  lengthMin: number = passwordLengthMin,
): void => {
  const text = password.normalize('NFC')
  const length = [...text].length
  if (length < lengthMin) throw passwordWeak('too_short', `At least ${lengthMin} characters are needed.`)
  if (length > passwordLengthMax || Buffer.byteLength(text) > passwordBytesMax)
    throw passwordWeak('too_long', `At most ${passwordLengthMax} characters are possible.`)
  if (isContextOnly(text, context))
    throw passwordWeak('context', 'The password is made of the product, account, login or e-mail.')
  if (isCommon(text)) throw passwordWeak('common', 'This password stands in lists that guessers use.')
}
