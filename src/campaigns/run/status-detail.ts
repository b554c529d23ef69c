import { maskEmailsIn } from '../../lib/masking.ts'
import type { StatusDetail } from '../contract.ts'

const nothing: StatusDetail = {
  figure: null,
  share: null,
  limit: null,
  example: null,
  was_due: null,
  next_at: null,
  checks: [],
}

type Given = Partial<StatusDetail>

/** Everybody who sees the campaign reads the example; whose answer it was is nobody's business. */
export const withoutAddresses = (given: Given): Given =>
  given.example ? { ...given, example: { ...given.example, text: maskEmailsIn(given.example.text) } } : given

/** What a pause or hold was seen in, as the row keeps it. */
export const statusDetail = (given: Given): string =>
  JSON.stringify({ ...nothing, ...withoutAddresses(given) })

/** A share in percent, to a tenth. */
export const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part * 1_000) / whole) / 10
