const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Cuts at a sign that stands outside quotes; null when a quote is left open. */
const cut = (text: string, sign: string): string[] | null => {
  const parts: string[] = []
  let part = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (quoted && letter === '\\') {
      part += letter + text.charAt(at + 1)
      at += 1
    } else if (letter === sign && !quoted) {
      parts.push(part)
      part = ''
    } else {
      if (letter === '"') quoted = !quoted
      part += letter
    }
  }
  return quoted ? null : [...parts, part]
}

const trimmed = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, '')

const readValue = (text: string): string | null => {
  if (token.test(text)) return text
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(text)?.[1]
  return quoted === undefined ? null : quoted.replaceAll(/\\(.)/g, '$1')
}

const pairsOf = (element: string): ReadonlyMap<string, string> | null => {
  const pairs = new Map<string, string>()
  for (const pair of cut(element, ';') ?? ['']) {
    const at = pair.indexOf('=')
    const name = trimmed(pair.slice(0, Math.max(0, at))).toLowerCase()
    const value = readValue(trimmed(pair.slice(at + 1)))
    // A parameter stands once in an element (RFC 7239 §4); what is not of the grammar says nothing that could be trusted.
    if (at < 0 || !token.test(name) || value === null || pairs.has(name)) return null
    pairs.set(name, value)
  }
  return pairs
}

/** Elements of one `Forwarded` line (RFC 7239 §4), each null where it is not of the grammar; null for an open quote. */
export const elementsOf = (line: string): readonly (ReadonlyMap<string, string> | null)[] | null =>
  cut(line, ',')?.map((element) => pairsOf(trimmed(element))) ?? null

export type ForwardedNode = {
  readonly host: string
  readonly bracketed: boolean
  readonly port: string | null
}

/** The node of `for=`: address, brackets, port (RFC 7239 §6); null for `unknown`, `_hidden` and anything else. */
export const forOf = (element: ReadonlyMap<string, string>): ForwardedNode | null => {
  const text = element.get('for')
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+))(?::(\d{1,5}))?$/.exec(text ?? '')
  if (!match) return null
  const [, inBrackets, plain, port = null] = match
  return { host: inBrackets ?? plain ?? '', bracketed: inBrackets !== undefined, port }
}
