import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

/** What a name holds; `fails` answers SERVFAIL, `silent` nothing at all. A name that is not listed does not exist. */
export type Records = {
  mx?: readonly (readonly [preference: number, host: string])[]
  a?: readonly string[]
  aaaa?: readonly string[]
  fails?: true
  silent?: true
}

const types = { 1: 'a', 15: 'mx', 28: 'aaaa' } as const

const labels = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').flatMap((label) => (label ? [Buffer.from([label.length]), Buffer.from(label)] : [])),
    Buffer.from([0]),
  ])

const word = (value: number): Buffer => Buffer.from([value >> 8, value & 255])

const ipv6 = (address: string): Buffer => {
  const [head = '', tail = ''] = address.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return Buffer.concat([...left, ...zeros, ...right].map((group) => word(Number.parseInt(group, 16))))
}

const payloads = (kind: 'a' | 'mx' | 'aaaa', records: Records): Buffer[] => {
  if (kind === 'mx')
    return (records.mx ?? []).map(([preference, host]) => Buffer.concat([word(preference), labels(host)]))
  if (kind === 'a') return (records.a ?? []).map((address) => Buffer.from(address.split('.').map(Number)))
  return (records.aaaa ?? []).map(ipv6)
}

const readQuestion = (query: Buffer): { name: string; type: number; end: number } => {
  const parts: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    parts.push(query.subarray(at + 1, at + 1 + length).toString())
    at += length + 1
  }
  return { name: parts.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

const answerTo = (query: Buffer, zone: Readonly<Record<string, Records>>): Buffer | null => {
  const { name, type, end } = readQuestion(query)
  const records = zone[name]
  if (records?.silent) return null
  const kind = types[type as keyof typeof types]
  const found = records && kind && !records.fails ? payloads(kind, records) : []
  const code = records?.fails ? 2 : records ? 0 : 3
  const head = Buffer.concat([
    query.subarray(0, 2),
    Buffer.from([0x81, 0x80 | code]),
    word(1),
    word(found.length),
    word(0),
    word(0),
    query.subarray(12, end),
  ])
  const answers = found.map((payload) =>
    Buffer.concat([
      Buffer.from([0xc0, 12]),
      word(type),
      word(1),
      Buffer.from([0, 0, 0, 60]),
      word(payload.length),
      payload,
    ]),
  )
  return Buffer.concat([head, ...answers])
}

/** A real name server on loopback; its zone may change while it runs. */
export const startNameServer = async (zone: Record<string, Records>) => {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, from) => {
    asked.push(readQuestion(query).name)
    const answer = answerTo(query, zone)
    if (answer) socket.send(answer, from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  return {
    zone,
    asked,
    at: `127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  }
}
