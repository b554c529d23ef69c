/** Header fields, or the groups of a delivery status, which are written alike. */
export type Fields = {
  /** The value of the first field of this name, unfolded. */
  first(name: string): string | null
  all(name: string): readonly string[]
  has(name: string): boolean
}

const fieldsMax = 400
const valueCharsMax = 4_000
const blockBytesMax = 262_144

const textOf = (block: Buffer): string => {
  const shown = block.subarray(0, blockBytesMax)
  const text = shown.toString('utf8')
  return (text.includes('\ufffd') ? shown.toString('latin1') : text).replaceAll('\u0000', '')
}

export const readFields = (block: Buffer | string): Fields => {
  const text = typeof block === 'string' ? block.slice(0, blockBytesMax) : textOf(block)
  const values = new Map<string, string[]>()
  let count = 0
  for (const line of text.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const at = line.indexOf(':')
    if (at < 1 || count >= fieldsMax) continue
    const name = line.slice(0, at).trim().toLowerCase()
    if (!/^[!-9;-~]{1,100}$/.test(name)) continue
    count += 1
    values.set(name, [
      ...(values.get(name) ?? []),
      line
        .slice(at + 1)
        .trim()
        .slice(0, valueCharsMax),
    ])
  }
  return {
    first: (name) => values.get(name)?.[0] ?? null,
    all: (name) => values.get(name) ?? [],
    has: (name) => values.has(name),
  }
}

const decodeWord = (charset: string, encoding: string, text: string): string => {
  const bytes =
    encoding.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64')
      : Buffer.from(
          text
            .replaceAll('_', ' ')
            .replaceAll(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
              String.fromCharCode(Number.parseInt(hex, 16)),
            ),
          'latin1',
        )
  try {
    return new TextDecoder(charset.replace(/\*.*$/, '')).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

/** Encoded words of a header (RFC 2047) as text. */
export const decodeWords = (value: string): string =>
  value
    .replaceAll(/(\?=)\s+(=\?)/g, '$1$2')
    .replaceAll(
      /=\?([\w*-]{1,40})\?([BbQq])\?([^?\s]{0,200})\?=/g,
      (_all, charset: string, how: string, text: string) => decodeWord(charset, how, text),
    )
