import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine } from './machine.ts'
import { printTable } from './measure.ts'
import { benchSend } from './send/send.ts'

const folder = join(import.meta.dirname, 'results')
const { values } = parseArgs({ options: { messages: { type: 'string', default: '10000' } } })
const messages = Number(values.messages)
if (!Number.isInteger(messages) || messages < 1) {
  console.error('script/bench send [--messages 10000]')
  process.exit(2)
}

const machine = describeMachine()
const startedAt = new Date().toISOString()
console.log(
  Object.entries(machine)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n'),
)
const measures = await benchSend(messages)
console.log('')
printTable(measures)
await mkdir(folder, { recursive: true })
const file = join(folder, `send-${startedAt.replaceAll(':', '-')}.json`)
await writeFile(file, `${JSON.stringify({ bench: 'send', startedAt, machine, measures }, null, 2)}\n`)
console.log(`\nwritten to ${file}`)
