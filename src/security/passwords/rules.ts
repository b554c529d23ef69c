import { unprocessable } from '../../http/errors.ts'

export const passwordLengthMin = 15
const passwordLengthMax = 256
const passwordBytesMax = 1_024

export type PasswordContext = {
  readonly login: string
  readonly email: string
  readonly accountName: string
}

const contextWords = (context: PasswordContext): string[] => {
  const [local = '', domain = ''] = context.email.toLowerCase().split('@')
  return [
    'campanile',
    context.accountName.toLowerCase(),
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

const isOneRepeated = (password: string): boolean => /^(.{1,4}?)\1+.{0,3}$/su.test(password)

/**
 * The rules for a chosen password (security.md §4.2), length counted in code points after NFC.
 * @throws AppError 422 `password_weak` with `reason` too_short, too_long, common or context.
 */
export const checkPassword = (password: string, context: PasswordContext): void => {
  const text = password.normalize('NFC')
  const length = [...text].length
  const refuse = (reason: string, detail: string) => unprocessable('password_weak', detail, { reason })
  if (length < passwordLengthMin)
    throw refuse('too_short', `At least ${passwordLengthMin} characters are needed.`)
  if (length > passwordLengthMax || Buffer.byteLength(text) > passwordBytesMax) {
    throw refuse('too_long', `At most ${passwordLengthMax} characters are possible.`)
  }
  if (isOneRepeated(text)) throw refuse('common', 'One short pattern repeated is easily guessed.')
  if (isContextOnly(text, context))
    throw refuse('context', 'The password is made of the product, account, login or e-mail.')
}
