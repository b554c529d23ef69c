const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** No body of ours nests half as deep; whoever walks a value later may call himself that often. */
const depthMax = 100

/** Thrown for anything that is not exactly one well-formed JSON value (security.md §4.9, Transport). */
export class MalformedJson extends Error {}

/** Strings of the text with their place: what stands between quotes, escapes included. */
const stringToken = /"(?:[^"\\]|\\.)*"/y

type Frame = { keys: Set<string> | null; expectsKey: boolean }

/** Walks text that JSON.parse has accepted and refuses repeated and dangerous keys, which JSON.parse lets pass. */
const refuseKeys = (text: string): void => {
  const stack: Frame[] = []
  let at = 0
  while (at < text.length) {
    const sign = text[at]
    const frame = stack.at(-1)
    if (sign === '"') {
      stringToken.lastIndex = at
      const token = stringToken.exec(text)?.[0] ?? '"'
      if (frame?.keys && frame.expectsKey) {
        const key: unknown = JSON.parse(token)
        if (typeof key !== 'string' || forbiddenKeys.has(key) || frame.keys.has(key)) {
          throw new MalformedJson('repeated or forbidden key')
        }
        frame.keys.add(key)
        frame.expectsKey = false
      }
      at += token.length
      continue
    }
    if (sign === '{') stack.push({ keys: new Set(), expectsKey: true })
    else if (sign === '[') stack.push({ keys: null, expectsKey: false })
    else if (sign === '}' || sign === ']') stack.pop()
    else if (sign === ',' && frame?.keys) frame.expectsKey = true
    if (stack.length > depthMax) throw new MalformedJson('nested too deeply')
    at += 1
  }
}

/** Parses bytes as UTF-8 JSON; duplicate keys, `__proto__`, `constructor`, `prototype` and bad UTF-8 are refused. */
export const parseStrictJson = (bytes: Uint8Array): unknown => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    refuseKeys(text)
    return value
  } catch (cause) {
    throw new MalformedJson('not one well-formed JSON value', { cause })
  }
}
