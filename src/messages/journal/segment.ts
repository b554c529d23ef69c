import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs'

/** One file, written in order and never synced: what reached the system's memory outlives the process. */
export class Segment {
  readonly path: string
  readonly #file: number
  #size = 0
  /** A write that stopped half way leaves a line without its end. */
  #torn = false
  #answers = ''
  #closed = false
  #flushing: NodeJS.Immediate | null = null
  /** Leases that still need what is written here. */
  open = 0

  constructor(path: string) {
    this.path = path
    this.#file = openSync(path, 'a', 0o600)
  }

  get size(): number {
    return this.#size
  }

  /**
   * Written with the next line, or when the present turn of the event loop ends: nobody can act on an answer before that,
   * since storing it waits for the database.
   */
  keep(line: string): void {
    this.#answers += line
    this.#flushing ??= setImmediate(() => this.flush())
  }

  flush(): void {
    this.#flushing = null
    if (this.#answers !== '') this.write('')
  }

  /** False when it could not be written whole; what was kept is tried again with the next line. */
  write(line: string): boolean {
    // Its number may by now be that of another file.
    if (this.#closed) return false
    const text = (this.#torn ? '\n' : '') + this.#answers + line
    const bytes = Buffer.from(text, 'utf8')
    let written = 0
    try {
      while (written < bytes.length) written += writeSync(this.#file, bytes, written)
    } catch {
      this.#torn ||= written > 0
      this.#size += written
      return false
    }
    this.#torn = false
    this.#answers = ''
    this.#size += written
    return true
  }

  close(): void {
    this.flush()
    this.#closed = true
    closeSync(this.#file)
  }

  remove(): void {
    unlinkSync(this.path)
  }
}
