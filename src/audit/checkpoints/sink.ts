import { createSocket } from 'node:dgram'
import { mkdir, open } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import type { Deps } from '../../http/deps.ts'
import { operatorGuardOf } from '../../http/outbound.ts'
import { requestUrl } from '../../lib/outbound-guard/index.ts'
import type { Checkpoint } from '../contract.ts'

const syslogPort = 514
/** Facility 10 (security), severity 5 (notice), RFC 5424 §6.2.1. */
const syslogPriority = 10 * 8 + 5

const toFile = async (path: string, line: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a', 0o600)
  try {
    await file.appendFile(line)
    await file.datasync()
  } finally {
    await file.close()
  }
}

const toSyslog = (line: string, at: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    const message = `<${syslogPriority}>1 ${at} ${hostname()} campanile ${process.pid} checkpoint - ${line.trim()}`
    socket.send(message, syslogPort, '127.0.0.1', (error) => {
      socket.close()
      if (error) reject(error)
      else resolve()
    })
  })

const toHttps = async (deps: Deps, url: string, line: string): Promise<void> => {
  const { status } = await requestUrl(operatorGuardOf(deps), {
    kind: 'webhook',
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: line,
    signal: deps.stopping,
  })
  if (status < 200 || status > 299) throw new Error(`the checkpoint endpoint answered ${status}`)
}

/** Carries one signed checkpoint off the database; at least once, in the order they were made. */
export const deliverCheckpoint = (deps: Deps, checkpoint: Checkpoint): Promise<void> => {
  const sink = deps.config.auditCheckpointSink
  const line = `${JSON.stringify(checkpoint)}\n`
  if (sink.kind === 'file') return toFile(sink.path, line)
  if (sink.kind === 'syslog') return toSyslog(line, checkpoint.at)
  return toHttps(deps, sink.url, line)
}
