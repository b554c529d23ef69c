import { expect, test } from 'vitest'
import { countReport, lastLine } from './tally.ts'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
})
const report = (...testResults: ReturnType<typeof file>[]): string => JSON.stringify({ testResults })

test.each([
  [
    'every test',
    report(file('passed', 'passed', 'passed', 'skipped', 'todo')),
    0,
    '2 passed, 0 failed, 2 skipped',
  ],
  ['a failure once', report(file('failed', 'passed', 'failed')), 1, '1 passed, 1 failed, 0 skipped'],
  ['a file that did not load', report(file('failed')), 1, '0 passed, 1 failed, 0 skipped'],
  ['a file whose end failed', report(file('failed', 'passed')), 1, '1 passed, 1 failed, 0 skipped'],
  ['a run that broke between tests', report(file('passed', 'passed')), 1, '1 passed, 1 failed, 0 skipped'],
  ['a run without a report', null, 0, '0 passed, 1 failed, 0 skipped'],
])('the last line counts %s', (_case, text, code, line) => {
  expect(lastLine(countReport(text, code))).toBe(line)
})
