import { createServer, type Socket } from 'node:net'

// A process of its own: takes all mail, keeps none, counts what it has taken.
const pipelining = !process.argv.includes('--no-pipelining')
const greeting = pipelining
  ? '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n'
  : '250-sink\r\n250 8BITMIME\r\n'
const end = Buffer.from('\r\n.\r\n')
const counts = { messages: 0, bytes: 0 }

const replies: Readonly<Record<string, string>> = {
  EHLO: greeting,
  DATA: '354 go on\r\n',
  QUIT: '221 bye\r\n',
}

const serve = (socket: Socket): void => {
  let rest: Buffer = Buffer.alloc(0)
  let inContent = false
  socket.write('220 sink\r\n')
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let said = ''
    counts.bytes += chunk.length
    for (;;) {
      if (inContent) {
        const at = bytes.indexOf(end)
        if (at === -1) {
          rest = bytes.subarray(Math.max(0, bytes.length - end.length + 1))
          break
        }
        bytes = bytes.subarray(at + end.length)
        inContent = false
        counts.messages += 1
        said += '250 2.0.0 Ok: queued as 4F1\r\n'
      }
      const at = bytes.indexOf('\r\n')
      if (at === -1) {
        rest = bytes
        break
      }
      const verb = bytes.toString('latin1', 0, 4).toUpperCase()
      bytes = bytes.subarray(at + 2)
      inContent = verb === 'DATA'
      said += replies[verb] ?? '250 2.1.0 Ok\r\n'
    }
    if (said !== '') socket.write(said)
  })
}

const server = createServer({ noDelay: true }, serve)
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }))
process.on('message', () => process.send?.({ ...counts }))
process.on('disconnect', () => process.exit())
