import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const isTest = (file: string): boolean => /\.test\.tsx?$|\/test\/|^src\/test\//.test(file)
const sources = ['src/**/*.ts', 'console/src/**/*.{ts,tsx}', 'migrations/*.sql']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((file) => !isTest(file) && file !== 'src/db/schema.ts')
  .map((file) => ({ file, text: readFileSync(`${root}/${file}`, 'utf8') }))

/** Comments speak about the forbidden words; code does not use them. */
const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*(?:\/\/|--).*$/gm, '')

type Rule = {
  readonly name: string
  readonly pattern: RegExp
  readonly where: RegExp
  readonly allowed: RegExp
}
const rules: readonly Rule[] = [
  {
    name: 'SQL asks app_now() for the time and nothing else',
    pattern:
      /(?<![\w.])(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\bcurrent_(?:timestamp|date|time)\b|\blocaltime(?:stamp)?\b/i,
    where: /queries\.ts$|\.sql$/,
    // Where app_now() itself is made, and where it does not exist yet.
    allowed:
      /^migrations\/(?:0001_foundation|0011_contact_search|0033_millisecond_clock|0041_application_log)\.sql$|^src\/test-support\/queries\.ts$|^src\/db\/migrations\/queries\.ts$/,
  },
  {
    name: 'the program asks its clock for the time and nothing else',
    pattern: /\bDate\.now\(\)|\bnew Date\(\)/,
    where: /^src\//,
    allowed: /^src\/lib\/clock\.ts$/,
  },
  {
    name: 'the environment is read in one place',
    pattern: /\bprocess\.env\b/,
    where: /^src\//,
    allowed: /^src\/(?:config|main)\.ts$/,
  },
  {
    name: 'SQL stands in queries.ts',
    pattern:
      /\bsql(?:<[^`]*>)?`\s*(?:select|insert|update|delete|with)\b|\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(/i,
    where: /^src\//,
    allowed:
      /queries\.ts$|^src\/db\/|^src\/(?:jobs\/jobs|live\/notify|security\/limits|security\/setup\/\w+|test-support\/\w+)\.ts$/,
  },
  {
    name: 'nobody writes to the console or leaves a note to himself',
    pattern: /\bconsole\.(?:log|debug|info|warn|error)\b|\bTODO\b|\bFIXME\b/,
    where: /^(?:src|console)\//,
    allowed: /^$/,
  },
]

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  test('in every file', () => {
    const found = sources
      .filter(({ file }) => rule.where.test(file) && !rule.allowed.test(file))
      .filter(({ text }) => rule.pattern.test(withoutComments(text)))
      .map(({ file }) => file)
    expect(found).toEqual([])
  })
})

test('the search reads the whole program', () => {
  expect(sources.length).toBeGreaterThan(150)
})

test.each([
  ['select now()', 0],
  ['select app_now()', null],
  ['const at = clock.now()', null],
  ['current_timestamp', 0],
])('of the rules on time %j breaks %s', (text, broken) => {
  const found = rules.findIndex((rule) => rule.pattern.test(text))
  expect(found === -1 ? null : found).toBe(broken)
})
