import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine } from './machine.ts'
import { type Measure, printTable } from './measure.ts'
import { benchSend } from './send/send.ts'

const folder = join(import.meta.dirname, 'results')
const benches: Readonly<Record<string, (messages: number) => Promise<Measure[]>>> = { send: benchSend }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { messages: { type: 'string', default: '10000' } },
})
const name = positionals[0] ?? 'send'
const bench = benches[name]
const messages = Number(values.messages)
if (!bench || !Number.isInteger(messages) || messages < 1) {
  console.error(`bench/run ${Object.keys(benches).join('|')} [--messages 10000]`)
  process.exit(2)
}

const machine = describeMachine()
const startedAt = new Date().toISOString()
console.log(
  Object.entries(machine)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n'),
)
const measures = await bench(messages)
console.log('')
printTable(measures)
await mkdir(folder, { recursive: true })
const file = join(folder, `${name}-${startedAt.replaceAll(':', '-')}.json`)
await writeFile(file, `${JSON.stringify({ bench: name, startedAt, machine, measures }, null, 2)}\n`)
console.log(`\nwritten to ${file}`)
