import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** RFC 1035 §3.2.2. */
const typeCodes = { A: 1, NS: 2, CNAME: 5, MX: 15, TXT: 16 } as const
type RecordType = keyof typeof typeCodes

/** Values of a name by type; a host name stands without a final dot, MX as `10 host`. */
export type Zone = Record<string, Partial<Record<RecordType, string[]>>>

const udpBytesMax = 512
const refused = 5
const serverFailed = 2

const encodeName = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter((part) => part !== '')
      .map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])),
    Buffer.from([0]),
  ])

const encodeText = (text: string): Buffer =>
  Buffer.concat(
    (text.match(/.{1,255}/gs) ?? ['']).map((piece) =>
      Buffer.concat([Buffer.from([Buffer.byteLength(piece)]), Buffer.from(piece)]),
    ),
  )

const encodeValue = (type: RecordType, value: string): Buffer => {
  if (type === 'TXT') return encodeText(value)
  if (type === 'A') return Buffer.from(value.split('.').map(Number))
  if (type !== 'MX') return encodeName(value)
  const [priority = '0', host = ''] = value.split(' ')
  const head = Buffer.alloc(2)
  head.writeUInt16BE(Number(priority))
  return Buffer.concat([head, encodeName(host)])
}

const encodeAnswer = (name: string, type: RecordType, value: string): Buffer => {
  const data = encodeValue(type, value)
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(typeCodes[type], 0)
  fixed.writeUInt16BE(1, 2)
  fixed.writeUInt32BE(60, 4)
  fixed.writeUInt16BE(data.length, 8)
  return Buffer.concat([encodeName(name), fixed, data])
}

const readQuestion = (query: Buffer) => {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString())
    at += 1 + length
  }
  const code = query.readUInt16BE(at + 1)
  const type = (Object.keys(typeCodes) as RecordType[]).find((name) => typeCodes[name] === code)
  return { name: labels.join('.').toLowerCase(), type, end: at + 5 }
}

/** The values of a name, behind its pointer where it has one. */
const answersOf = (zone: Zone, name: string, type: RecordType, depth = 0): Buffer[] => {
  const [target] = zone[name]?.CNAME ?? []
  if (target !== undefined && type !== 'CNAME' && depth < 8)
    return [encodeAnswer(name, 'CNAME', target), ...answersOf(zone, target, type, depth + 1)]
  return (zone[name]?.[type] ?? []).map((value) => encodeAnswer(name, type, value))
}

export type DnsServer = {
  /** `127.0.0.1:port`, as DNS_RESOLVERS takes it. */
  readonly address: string
  readonly zone: Zone
  /** Names that were asked for, like `TXT acme.test`. */
  readonly asked: string[]
  /** While set, every question fails. */
  down: boolean
  close(): Promise<void>
}

const reply = (server: DnsServer, query: Buffer, overTcp: boolean): Buffer => {
  const { name, type, end } = readQuestion(query)
  server.asked.push(`${type} ${name}`)
  const known = server.zone[name] !== undefined
  const answers = type && !server.down ? answersOf(server.zone, name, type) : []
  const head = Buffer.from(query.subarray(0, 12))
  const code = server.down ? serverFailed : type ? (known ? 0 : 3) : known ? 0 : refused
  const body = Buffer.concat(answers)
  const isCut = !overTcp && end + body.length > udpBytesMax
  head.writeUInt16BE(0x8180 | code | (isCut ? 0x0200 : 0), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(isCut ? 0 : answers.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, query.subarray(12, end), isCut ? Buffer.alloc(0) : body])
}

/** A real name server on loopback, over UDP and TCP; its zone may be changed at any time. */
export const startDnsServer = async (zone: Zone = {}): Promise<DnsServer> => {
  const udp = createSocket('udp4')
  const tcp = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      const answer = reply(server, data.subarray(2), true)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(answer.length)
      socket.end(Buffer.concat([length, answer]))
    })
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const { port } = tcp.address() as { port: number }
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve))
  const server: DnsServer = {
    address: `127.0.0.1:${port}`,
    zone,
    asked: [],
    down: false,
    close: async () => {
      await new Promise<void>((resolve) => udp.close(() => resolve()))
      await new Promise<void>((resolve) => tcp.close(() => resolve()))
    },
  }
  udp.on('message', (query, peer) => udp.send(reply(server, query, false), peer.port, peer.address))
  return server
}

/** Enters records as the API shows them. */
export const publish = (
  zone: Zone,
  records: readonly { type: string; name: string; value: string; priority: number | null }[],
): void => {
  for (const { type, name, value, priority } of records) {
    const values = [priority === null ? value : `${priority} ${value}`]
    zone[name] = { ...zone[name], [type]: values }
  }
}
