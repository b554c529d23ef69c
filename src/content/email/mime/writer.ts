/** Bytes one after another in memory that is used again for the next message. */
export class Writer {
  bytes: Buffer
  at = 0

  constructor(sizeBytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(sizeBytes)
  }

  /** Makes room for so many more bytes; what was written stays. */
  reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(this.at + more, this.bytes.length * 2))
    this.bytes.copy(grown, 0, 0, this.at)
    this.bytes = grown
  }

  copy(bytes: Buffer): void {
    this.reserve(bytes.length)
    this.at += bytes.copy(this.bytes, this.at)
  }

  ascii(text: string): void {
    this.reserve(text.length)
    this.at += this.bytes.write(text, this.at, 'latin1')
  }

  utf8(text: string): void {
    this.reserve(text.length * 3)
    this.at += this.bytes.write(text, this.at, 'utf8')
  }
}
