import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadContracts } from '../src/openapi/contracts.ts'
import { writeOpenApi } from '../src/openapi/generate.ts'
import { type Ran, root, run, runNode } from './check/run.ts'
import { describeSizes } from './check/sizes.ts'
import {
  add,
  countReport,
  forgetReport,
  lastLine,
  none,
  oneFailed,
  onePassed,
  oneSkipped,
  readReport,
  type Tally,
} from './check/tally.ts'

// Everything that must hold, for a person (npm run check), script/test and the build server alike.
const auditMsMax = 45_000
const say = (line: string): void => console.log(line)
const tool = (...path: string[]): string => join(root, 'node_modules', ...path)
const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`

/** One check that either holds or shows what it found. */
const step = async (title: string, act: () => Promise<Ran>): Promise<Tally> => {
  const since = performance.now()
  const { code, output } = await act()
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${title} (${seconds(since)})`)
  if (code === 0) return onePassed
  say(output.trimEnd())
  return oneFailed
}

const compareOpenApi = async (): Promise<Ran> => {
  const file = join(root, 'docs', 'api', 'openapi.json')
  const written = existsSync(file) ? await readFile(file, 'utf8') : ''
  const same = written === writeOpenApi(await loadContracts())
  return same
    ? { code: 0, output: '' }
    : {
        code: 1,
        output: 'docs/api/openapi.json differs from the contracts: node script/openapi.ts writes it.',
      }
}

/** Each config of Vitest writes its report to the file that is read here. */
const vitest = async (title: string, report: string, args: readonly string[]): Promise<Tally> => {
  const file = join(root, 'test-artifacts', report)
  forgetReport(file)
  say(`\n${title}`)
  const { code } = await runNode([tool('vitest', 'vitest.mjs'), 'run', ...args], { show: true })
  return countReport(readReport(file), code)
}

/** A registry that does not answer is no fault of ours; a severe advisory against what we ship is. */
const audit = async (): Promise<Tally> => {
  const { code, output } = await run('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
    timeoutMs: auditMsMax,
  })
  if (!output.includes('"auditReportVersion"')) {
    say('skip   advisories: the registry did not answer')
    return oneSkipped
  }
  return step('advisories against what is shipped (high and above)', async () => ({ code, output }))
}

/** What is shipped, by name and version, in the form that scanners read (CycloneDX). */
const inventory = async (): Promise<Ran> => {
  const args = ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--loglevel=silent']
  const ran = await run('npm', args, { timeoutMs: auditMsMax })
  const folder = join(root, 'test-artifacts')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'sbom.json'), ran.output)
  return { ...ran, code: ran.output.includes('"CycloneDX"') ? ran.code : 1 }
}

const stillChecks = async (): Promise<Tally> => {
  const types = (project: string) => () => runNode([tool('typescript', 'bin', 'tsc'), '-p', project])
  const tallies = await Promise.all([
    (async () => {
      const lint = await step('format and lint', () =>
        runNode([tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']),
      )
      const borders = await step('borders between the folders', () =>
        runNode([
          tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
          '--config',
          '.dependency-cruiser.cjs',
          'src',
          'console/src',
        ]),
      )
      const api = await step('description of the API', compareOpenApi)
      return add(add(lint, borders), api)
    })(),
    (async () => {
      const server = await step('types of the server', types('tsconfig.json'))
      return add(server, await step('types of the console', types('console/tsconfig.json')))
    })(),
    (async () => add(await audit(), await step('inventory of what is shipped', inventory)))(),
  ])
  return tallies.reduce(add, none)
}

const everything = async (): Promise<Tally> => {
  say('Checking …')
  let tally = await stillChecks()
  say(`sizes\n${describeSizes()}`)
  tally = add(tally, await step('console builds', () => runNode([join(root, 'script', 'console.ts')])))
  tally = add(tally, await vitest('Tests', 'tests.json', []))
  const browser = 'vitest.e2e.config.ts'
  if (existsSync(join(root, browser))) {
    tally = add(tally, await vitest('Tests in a browser', 'e2e.json', ['--config', browser]))
  }
  return tally
}

const tally = await everything()
say(`\n${lastLine(tally)}`)
process.exitCode = tally.failed === 0 ? 0 : 1
