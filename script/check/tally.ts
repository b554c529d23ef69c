import { existsSync, readFileSync, rmSync } from 'node:fs'

export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number }

export const none: Tally = { passed: 0, failed: 0, skipped: 0 }
export const onePassed: Tally = { ...none, passed: 1 }
export const oneFailed: Tally = { ...none, failed: 1 }
export const oneSkipped: Tally = { ...none, skipped: 1 }

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

type Report = {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/**
 * Counts what Vitest wrote. A file that could not be loaded is one failure, and so is a run that ended badly without
 * naming a test.
 */
export const countReport = (text: string | null, exitCode: number): Tally => {
  if (text === null) return oneFailed
  const { testResults } = JSON.parse(text) as Report
  let tally = none
  for (const { status, assertionResults } of testResults) {
    for (const test of assertionResults) {
      const kind = test.status === 'passed' ? onePassed : test.status === 'failed' ? oneFailed : oneSkipped
      tally = add(tally, kind)
    }
    const named = assertionResults.some((test) => test.status === 'failed')
    if (status === 'failed' && !named) tally = add(tally, oneFailed)
  }
  return exitCode !== 0 && tally.failed === 0 ? add(tally, oneFailed) : tally
}

export const forgetReport = (file: string): void => rmSync(file, { force: true })
export const readReport = (file: string): string | null =>
  existsSync(file) ? readFileSync(file, 'utf8') : null

/** The last line of every check. */
export const lastLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
