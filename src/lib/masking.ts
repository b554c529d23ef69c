const stars = '***'

/** `j***@e***.com`: enough to know the own address again, too little to write to it (security.md §3.2). */
export const maskEmail = (address: string): string => {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const end = domain.lastIndexOf('.')
  const first = (text: string): string => [...text][0] ?? ''
  return `${first(address.slice(0, Math.max(at, 0)))}${stars}@${first(domain)}${stars}${end > 0 ? domain.slice(end) : ''}`
}

/** `+48 *** *** *12`: the owner knows it again, nobody else can dial it (security.md §3.2). */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)} *** *** *${phone.slice(-2)}`

/** Two signs, but never all there are: a short name must not stand there whole. */
const beginning = (text: string): string => {
  const signs = [...text]
  return signs.slice(0, Math.min(2, signs.length - 1)).join('')
}

/** `an***@ex***.com`: one contact can be told from another, and nobody can be written to (account.md §5). */
export const maskContactEmail = (address: string): string => {
  const at = address.lastIndexOf('@')
  if (at < 0) return `${beginning(address)}${stars}`
  const domain = address.slice(at + 1)
  const end = domain.lastIndexOf('.')
  const name = end > 0 ? domain.slice(0, end) : domain
  return `${beginning(address.slice(0, at))}${stars}@${beginning(name)}${stars}${end > 0 ? domain.slice(end) : ''}`
}

const shownDigits = 3
const hiddenDigitsMin = 4

/** `+48*****789`; of a short number less is shown. */
export const maskContactPhone = (phone: string): string => {
  const hidden = phone.length - 2 * shownDigits >= hiddenDigitsMin
  return `${phone.slice(0, hidden ? shownDigits : 2)}*****${hidden ? phone.slice(-shownDigits) : ''}`
}

const emailLike = /[^\s<>()[\]{},;:"'|=&?/]*(?:@|%40)[^\s<>()[\]{},;:"'|=&?/]+/giu
const phoneLike = /(?<![\w+])\+?\d(?:[\s().-]{0,2}\d){8,14}(?!\w)/g

/** Free text, such as the answer of a receiving server, that may name an address. */
export const maskEmailsIn = (text: string): string =>
  text.replaceAll(emailLike, (address) => maskContactEmail(address.replace(/%40/i, '@')))

/** A text of unknown meaning: rather a date too many is masked than a number too few. */
export const maskAddressesIn = (text: string): string =>
  maskEmailsIn(text).replaceAll(phoneLike, (phone) => maskContactPhone(phone.replaceAll(/[^\d+]/g, '')))
