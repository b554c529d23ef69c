import { createHash } from 'node:crypto'
import type { Content } from '../../content/contract.ts'
import { type Compiled, compileEmail } from '../../content/index.ts'
import { LRU } from '../../lib/lru.ts'

const compiledMax = 50
const cache = new LRU<string, Compiled>(compiledMax)

/** Compiled content by what it says: a revision is read once per process, whoever asks. */
export const compiledContent = (content: Content): Compiled => {
  const key = createHash('sha256').update(JSON.stringify(content)).digest('base64')
  const known = cache.get(key)
  if (known) return known
  const made = compileEmail(content)
  cache.set(key, made)
  return made
}
