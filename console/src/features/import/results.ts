import type { ImportCounts } from '../../../../src/contacts/import/contract.ts'

/** What can become of a row, in the order it is told, each with its one colour. */
export const results = [
  { name: 'inserted', color: 'green.6' },
  { name: 'updated', color: 'blue.6' },
  { name: 'unchanged', color: 'gray.5' },
  { name: 'group_only', color: 'cyan.6' },
  { name: 'skipped', color: 'yellow.6' },
  { name: 'rejected', color: 'red.6' },
] as const
export type ResultName = (typeof results)[number]['name']

export const toResult = (text: string | undefined): ResultName | undefined =>
  results.find((result) => result.name === text)?.name

/** Codes with their counts, the most frequent first. */
export const codesOf = (counts: ImportCounts): readonly { readonly code: string; readonly count: number }[] =>
  Object.entries(counts.by_code)
    .map(([code, count]) => ({ code, count }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.code.localeCompare(b.code))
