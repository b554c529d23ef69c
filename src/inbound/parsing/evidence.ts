import { isUuid } from '../../lib/ids.ts'
import type { Part } from './parts.ts'

/** What a returned message says of itself; signed tokens first, bare ids after. */
export type Evidence = {
  /** Local parts that may be return paths of ours. */
  readonly returnPaths: readonly string[]
  /** Tokens of links under `/u/`. */
  readonly linkTokens: readonly string[]
  readonly messageIds: readonly string[]
}

const charsMax = 100_000
const each = 20

const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].slice(0, each).map((match) => match[1] ?? '')),
]

/** Reads unfolded, because returned headers are wrapped anew by whoever returns them. */
export const readEvidence = (parts: readonly Part[]): Evidence => {
  const text = parts
    .filter((part) => part.depth > 0 || parts.length === 1)
    .map((part) => part.text)
    .join('\n')
    .slice(0, charsMax)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
  return {
    returnPaths: all(text, /\b([0-9a-z]{64})@/gi),
    linkTokens: all(text, /\/u\/([A-Za-z0-9_-]{60,400})/g),
    messageIds: all(text, /^(?:x-campanile-message\s*:\s*|message-id\s*:\s*<)([0-9a-f-]{36})/gim)
      .map((id) => id.toLowerCase())
      .filter(isUuid),
  }
}
