import type { Socket } from 'node:net'
import { connect as secureConnect, type TLSSocket } from 'node:tls'
import { SmtpFault, toFault } from './failure.ts'
import { makeReplyReader, NoSmtp, type Reply } from './reply.ts'

type Waiting = {
  resolve: (reply: Reply) => void
  reject: (fault: SmtpFault) => void
  timer: NodeJS.Timeout
}

/** One SMTP dialogue: strictly one question and one answer at a time, each bounded in time. */
export class SmtpConnection {
  readonly host: string
  readonly place: string
  /** Announced by EHLO: keyword → parameters. */
  extensions: ReadonlyMap<string, string> = new Map()
  /** Messages taken over this connection. */
  carried = 0
  #socket: Socket | TLSSocket
  #reader = makeReplyReader()
  #waiting: Waiting | null = null
  #early: Reply[] = []
  #fault: SmtpFault | null = null

  constructor(socket: Socket, host: string, port: number) {
    this.host = host
    this.place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
    this.#socket = socket
    this.#listen(socket)
  }

  get broken(): boolean {
    return this.#fault !== null
  }

  get localAddress(): string {
    return this.#socket.localAddress ?? '127.0.0.1'
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? this.host
  }

  /** Null while the connection is plain. */
  get tlsVersion(): string | null {
    return 'getProtocol' in this.#socket ? this.#socket.getProtocol() : null
  }

  /** @throws SmtpFault */
  reply(timeoutMs: number, what: string): Promise<Reply> {
    const early = this.#early.shift()
    if (early) return Promise.resolve(early)
    if (this.#fault) return Promise.reject(this.#fault)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.fail(new SmtpFault('timeout', `${this.place} did not answer ${what} in time.`)),
        timeoutMs,
      )
      this.#waiting = { resolve, reject, timer }
    })
  }

  /** @throws SmtpFault */
  command(line: string, timeoutMs: number, name = line.split(' ')[0] ?? ''): Promise<Reply> {
    this.#refuseUnasked()
    if (this.#fault) return Promise.reject(this.#fault)
    this.#socket.write(`${line}\r\n`)
    return this.reply(timeoutMs, name)
  }

  /** Bytes of a message; the answer comes when all of them went out and were judged. */
  data(bytes: Buffer, timeoutMs: number): Promise<Reply> {
    this.#refuseUnasked()
    const reply = this.reply(timeoutMs, 'the message')
    if (this.#fault) return reply
    this.#socket.write(bytes)
    return reply
  }

  /**
   * Puts TLS under the dialogue and verifies the certificate against the host name.
   * @throws SmtpFault
   */
  secure(timeoutMs: number): Promise<void> {
    if (!this.#reader.isEmpty() || this.#early.length > 0)
      throw new SmtpFault('protocol_error', `${this.place} sent plain text where TLS was to begin.`)
    const plain = this.#socket
    plain.removeAllListeners()
    return new Promise((resolve, reject) => {
      const ip = /^[\d.]+$|:/.test(this.host)
      const socket = secureConnect({
        socket: plain,
        host: this.host,
        minVersion: 'TLSv1.2',
        ...(ip ? {} : { servername: this.host }),
      })
      const refuse = (error: unknown) => {
        clearTimeout(timer)
        const fault = toFault(error, this.host, this.place)
        this.fail(fault)
        reject(fault)
      }
      const timer = setTimeout(
        () => refuse(new SmtpFault('timeout', `${this.place} did not finish the TLS handshake in time.`)),
        timeoutMs,
      )
      socket.once('error', refuse)
      socket.once('close', () =>
        refuse(new SmtpFault('tls_failed', `${this.place} cut the connection during the TLS handshake.`)),
      )
      socket.once('secureConnect', () => {
        clearTimeout(timer)
        socket.removeAllListeners()
        this.#listen(socket)
        resolve()
      })
      this.#socket = socket
    })
  }

  fail(fault: SmtpFault): void {
    if (this.#fault) return
    this.#fault = fault
    this.#socket.destroy()
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting) {
      clearTimeout(waiting.timer)
      waiting.reject(fault)
    }
  }

  /** Polite end; nothing depends on its answer. */
  async quit(timeoutMs: number): Promise<void> {
    await this.command('QUIT', timeoutMs).catch(() => {})
    this.fail(new SmtpFault('stopped', 'The connection was closed.'))
  }

  /** An answer nobody asked for (421 to an idle connection) is never taken for the answer to what comes next. */
  #refuseUnasked(): void {
    const unasked = this.#early.shift()
    if (!unasked) return
    const text = `${this.place} ended the dialogue: ${unasked.text}`
    this.fail(new SmtpFault('connection_lost', text, unasked))
  }

  #listen(socket: Socket | TLSSocket): void {
    this.#reader = makeReplyReader()
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', (error) => this.fail(toFault(error, this.host, this.place)))
    socket.on('close', () => this.fail(new SmtpFault('connection_lost', `${this.place} cut the connection.`)))
  }

  #receive(chunk: Buffer): void {
    try {
      for (const reply of this.#reader.read(chunk)) {
        const waiting = this.#waiting
        this.#waiting = null
        if (!waiting) {
          this.#early.push(reply)
          continue
        }
        clearTimeout(waiting.timer)
        waiting.resolve(reply)
      }
    } catch (error) {
      if (!(error instanceof NoSmtp)) throw error
      this.fail(new SmtpFault('protocol_error', error.message))
    }
  }
}
