import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Peer, runNodemailer, runSmtpSource } from './campaign/peers.ts'
import { type Run, runCampaign } from './campaign/run.ts'
import { startSink } from './campaign/sinks.ts'
import { describeMachine } from './machine.ts'

// A campaign from the click to «finished» against the program as it ships, beside its peers on the same sink:
// `script/bench campaign [--recipients 10000,100000] [--threads 1,2] [--peer-messages 20000]`.
const { values } = parseArgs({
  options: {
    recipients: { type: 'string', default: '10000,100000' },
    threads: { type: 'string', default: '2' },
    'peer-messages': { type: 'string', default: '20000' },
  },
})
const numbers = (text: string): number[] => text.split(',').map(Number)
const machine = describeMachine()
const startedAt = new Date().toISOString()
for (const [key, value] of Object.entries(machine)) console.log(`${key}: ${value}`)

const sink = await startSink()
console.log(`sink: ${sink.name}\n`)
const peerMessages = Number(values['peer-messages'])
const runs: Run[] = []
for (const recipients of numbers(values.recipients))
  for (const threads of numbers(values.threads)) {
    runs.push(await runCampaign({ recipients, threads, port: sink.port }))
    console.error(`… ${recipients} recipients with ${threads} threads done`)
  }
const source = await runSmtpSource(peerMessages, sink.port)
const peers: Peer[] = [await runNodemailer(peerMessages, sink.port), ...(source ? [source] : [])]
sink.close()

const columns = [
  'what',
  'messages',
  'threads',
  'msg/s',
  'with planning',
  'peak MB',
  'CPU µs',
  'database µs',
] as const
const rows = [
  ...runs.map((run) => [
    'Campanile campaign',
    run.recipients.toLocaleString('en'),
    String(run.threads),
    run.perSecond.toLocaleString('en'),
    run.perSecondInAll.toLocaleString('en'),
    String(run.peakMb),
    String(run.programCpuMicroseconds),
    String(run.databaseCpuMicroseconds),
  ]),
  ...peers.map((peer) => [
    peer.name,
    peer.messages.toLocaleString('en'),
    '',
    peer.perSecond.toLocaleString('en'),
    '',
    peer.peakMb === null ? '' : String(peer.peakMb),
    '',
    '',
  ]),
]
const widths = columns.map((column, at) =>
  Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0)),
)
const line = (cells: readonly string[]): string =>
  cells
    .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
    .join('  ')
console.log(line(columns))
for (const row of rows) console.log(line(row))
for (const { recipients, threads, consoleMs } of runs)
  console.log(
    `console during ${recipients} × ${threads}: p50 ${consoleMs.p50}, p95 ${consoleMs.p95}, p99 ${consoleMs.p99} ms of ${consoleMs.requests} requests`,
  )
for (const run of runs)
  console.log(`memory of ${run.recipients} × ${run.threads} by tenths: ${run.memoryMb.join(' ')} MB`)

const folder = join(import.meta.dirname, 'results')
await mkdir(folder, { recursive: true })
const file = join(folder, `campaign-${startedAt.replaceAll(':', '-')}.json`)
await writeFile(
  file,
  `${JSON.stringify({ bench: 'campaign', startedAt, machine, sink: sink.name, runs, peers }, null, 2)}\n`,
)
console.log(`\nwritten to ${file}`)
