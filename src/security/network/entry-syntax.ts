import { type Address, parseAddress, parseV4 } from '../../lib/addresses/address.ts'

/** What was typed, before anything is judged but its form. */
export type Written =
  | { readonly form: 'range'; readonly lo: Address; readonly hi: Address }
  | { readonly form: 'network'; readonly base: Address; readonly bits: number; readonly dotted: boolean }

export type SyntaxRefusal = 'bad_address' | 'mask_not_contiguous' | 'range_invalid' | 'mapped_prefix'

const lengthMax = 64
const alphabet = /^[0-9a-f:.*/ -]+$/i
const decimal = /^(?:0|[1-9]\d{0,2})$/
const wildcard = /^((?:\d{1,3}\.){0,3})(\*(?:\.\*){0,3})$/

const isV6Spelling = (text: string): boolean => text.includes(':')

const maskBits = (mask: bigint): number | null => {
  const inverted = mask ^ 0xffff_ffffn
  // Ones, then zeros: one more than the inverted mask is a power of two.
  if ((inverted & (inverted + 1n)) !== 0n) return null
  return 32 - inverted.toString(2).replace(/^0$/, '').length
}

const readWildcard = (text: string): Written | SyntaxRefusal => {
  const match = wildcard.exec(text)
  const stars = match?.[2]?.split('.').length ?? 0
  const octets = match?.[1]?.split('.').filter(Boolean).length ?? 0
  const base = parseAddress(text.replaceAll('*', '0'))
  if (!match || octets + stars !== 4 || !base) return 'bad_address'
  return { form: 'network', base, bits: octets * 8, dotted: true }
}

const readRange = (text: string): Written | SyntaxRefusal => {
  const [from = '', to = '', ...rest] = text.split('-')
  const lo = parseAddress(from)
  // `203.0.113.10-20`: the last octet alone; IPv6 ranges are written in full.
  const short = !isV6Spelling(from) && decimal.test(to)
  const hi = parseAddress(short ? `${from.slice(0, from.lastIndexOf('.') + 1)}${to}` : to)
  if (rest.length > 0 || !lo || !hi) return 'bad_address'
  if (lo.family !== hi.family || lo.value > hi.value) return 'range_invalid'
  return { form: 'range', lo, hi }
}

const readDotted = (base: Address, text: string): Written | SyntaxRefusal => {
  const mask = parseV4(text)
  if (mask === null) return 'bad_address'
  const bits = maskBits(mask)
  return bits === null ? 'mask_not_contiguous' : { form: 'network', base, bits, dotted: true }
}

/** A mapped network is an IPv4 network with 96 bits before it; with fewer it would hold all of IPv4 and more. */
const readPrefix = (base: Address, v6: boolean, text: string): Written | SyntaxRefusal => {
  const prefix = Number(text)
  if (!decimal.test(text) || prefix > (v6 ? 128 : 32)) return 'bad_address'
  const mapped = v6 && base.family === 4
  if (mapped && prefix < 96) return 'mapped_prefix'
  return { form: 'network', base, bits: mapped ? prefix - 96 : prefix, dotted: false }
}

const readNetwork = (text: string): Written | SyntaxRefusal => {
  const [baseText = '', suffix = '', ...rest] = text.split(/[/ ]/)
  const base = parseAddress(baseText)
  if (!base || rest.length > 0) return 'bad_address'
  const v6 = isV6Spelling(baseText)
  if (suffix.includes('.') || text.includes(' ')) return v6 ? 'bad_address' : readDotted(base, suffix)
  return readPrefix(base, v6, suffix)
}

/** Reads the forms of security.md §2.3 and nothing else; only outer ASCII spaces are trimmed. */
export const readWritten = (text: string): Written | SyntaxRefusal => {
  const trimmed = text.replace(/^ +| +$/g, '')
  if (text.length > lengthMax || !alphabet.test(trimmed)) return 'bad_address'
  if (trimmed.includes('-')) return readRange(trimmed)
  if (trimmed.includes('*')) return readWildcard(trimmed)
  if (/[/ ]/.test(trimmed)) return readNetwork(trimmed)
  const address = parseAddress(trimmed)
  return address
    ? { form: 'network', base: address, bits: address.family === 4 ? 32 : 128, dotted: false }
    : 'bad_address'
}
