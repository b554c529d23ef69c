import type { Socket } from 'node:net'
import { connect as secureConnect, type TLSSocket } from 'node:tls'
import { SmtpFault, toFault } from './failure.ts'
import { makeReplyReader, NoSmtp, type Reply } from './reply.ts'

/** An answer that is owed: to what, and how long it may take once it is its turn. */
export type Expected = { readonly what: string; readonly timeoutMs: number }

type Waiting = { resolve: (reply: Reply) => void; reject: (fault: SmtpFault) => void }

/**
 * One SMTP dialogue. What is sent names the answers it is owed; they are read one by one in that order, each bounded in
 * time from the moment it is next (RFC 2920 lets several be under way).
 */
export class SmtpConnection {
  readonly host: string
  readonly place: string
  /** Announced by EHLO: keyword → parameters. */
  extensions: ReadonlyMap<string, string> = new Map()
  /** Messages taken over this connection. */
  carried = 0
  #socket: Socket | TLSSocket
  #reader = makeReplyReader()
  #expected: Expected[] = []
  #arrived: Reply[] = []
  #unasked: Reply[] = []
  #waiting: Waiting | null = null
  #timer: NodeJS.Timeout | undefined
  #fault: SmtpFault | null = null
  #ended: () => void = () => {}

  constructor(socket: Socket, host: string, port: number) {
    this.host = host
    this.place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
    this.#socket = socket
    this.#listen(socket)
  }

  get broken(): boolean {
    return this.#fault !== null
  }

  /** Why the dialogue ended; null while it goes on. */
  get fault(): SmtpFault | null {
    return this.#fault
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

  /**
   * The greeting, which nobody asks for.
   * @throws SmtpFault
   */
  greeting(timeoutMs: number): Promise<Reply> {
    const early = this.#unasked.shift()
    if (early) return Promise.resolve(early)
    this.#owe([{ what: 'with a greeting', timeoutMs }])
    return this.reply()
  }

  /**
   * Sends in one write what belongs together. False when not one byte of it was written: the dialogue had ended.
   */
  send(chunks: readonly (string | Buffer)[], expected: readonly Expected[]): boolean {
    this.#refuseUnasked()
    if (this.#fault) return false
    this.#owe(expected)
    this.#socket.cork()
    for (const chunk of chunks) this.#socket.write(chunk)
    this.#socket.uncork()
    return true
  }

  /**
   * The next answer that is owed.
   * @throws SmtpFault
   */
  reply(): Promise<Reply> {
    const arrived = this.#arrived.shift()
    if (arrived) return Promise.resolve(arrived)
    if (this.#fault) return Promise.reject(this.#fault)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  /** @throws SmtpFault */
  command(line: string, timeoutMs: number, what = line.split(' ')[0] ?? ''): Promise<Reply> {
    this.send([`${line}\r\n`], [{ what, timeoutMs }])
    return this.reply()
  }

  /**
   * Puts TLS under the dialogue and verifies the certificate against the host name, unless plain text would do as well
   * (opportunistic TLS between mail servers, RFC 7435).
   * @throws SmtpFault
   */
  secure(timeoutMs: number, options: { readonly verified: boolean } = { verified: true }): Promise<void> {
    if (!this.#reader.isEmpty() || this.#unasked.length > 0)
      throw new SmtpFault('protocol_error', `${this.place} sent plain text where TLS was to begin.`)
    const plain = this.#socket
    plain.removeAllListeners()
    return new Promise((resolve, reject) => {
      const ip = /^[\d.]+$|:/.test(this.host)
      const socket = secureConnect({
        socket: plain,
        host: this.host,
        minVersion: 'TLSv1.2',
        rejectUnauthorized: options.verified,
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

  /** Called once, when the dialogue has ended for whatever reason. */
  onEnd(ended: () => void): void {
    this.#ended = ended
    if (this.#fault) ended()
  }

  fail(fault: SmtpFault): void {
    if (this.#fault) return
    this.#fault = fault
    this.#socket.destroy()
    this.#ended()
    clearTimeout(this.#timer)
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.reject(fault)
  }

  /** Polite end; nothing depends on its answer. */
  async quit(timeoutMs: number): Promise<void> {
    await this.command('QUIT', timeoutMs).catch(() => {})
    this.fail(new SmtpFault('stopped', 'The connection was closed.'))
  }

  #owe(expected: readonly Expected[]): void {
    const idle = this.#expected.length === 0
    this.#expected.push(...expected)
    if (idle) this.#watch()
  }

  #watch(): void {
    clearTimeout(this.#timer)
    const [next] = this.#expected
    if (!next) return
    const { what, timeoutMs } = next
    const late = () => this.fail(new SmtpFault('timeout', `${this.place} did not answer ${what} in time.`))
    this.#timer = setTimeout(late, timeoutMs)
  }

  /** An answer nobody asked for (421 to an idle connection) is never taken for the answer to what comes next. */
  #refuseUnasked(): void {
    const unasked = this.#unasked.shift()
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

  #take(reply: Reply): void {
    if (!this.#expected.shift()) {
      this.#unasked.push(reply)
      return
    }
    this.#watch()
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting) waiting.resolve(reply)
    else this.#arrived.push(reply)
  }

  #receive(chunk: Buffer): void {
    try {
      for (const reply of this.#reader.read(chunk)) this.#take(reply)
    } catch (error) {
      if (!(error instanceof NoSmtp)) throw error
      this.fail(new SmtpFault('protocol_error', error.message))
    }
  }
}
