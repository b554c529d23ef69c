import type { Check } from '../contract.ts'

/** Codes that a person with `email.preflight.override` may override with a reason (marked * in email.md §6). */
const overridableCodes: ReadonlySet<string> = new Set(['html_over_100kb', 'postal_address_missing'])

type Given = { detail: string; pointer?: string; count?: number }

const make = (code: string, level: Check['level'], { detail, pointer, count }: Given): Check => ({
  code,
  level,
  overridable: level === 'block' && overridableCodes.has(code),
  overridden: false,
  count: count ?? null,
  detail,
  pointer: pointer ?? null,
})

export const block = (code: string, given: Given): Check => make(code, 'block', given)
export const warn = (code: string, given: Given): Check => make(code, 'warn', given)

export const withOverrides = (checks: readonly Check[], codes: ReadonlySet<string>): Check[] =>
  checks.map((check) => ({ ...check, overridden: check.overridable && codes.has(check.code) }))

export const holds = (checks: readonly Check[]): boolean =>
  checks.every((check) => check.level === 'warn' || check.overridden)
