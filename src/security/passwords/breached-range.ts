import type { Deps } from '../../http/deps.ts'
import { operatorGuardOf } from '../../http/outbound.ts'
import { requestUrl } from '../../lib/outbound-guard/index.ts'

const answerMs = 800
const answerBytesMax = 1_048_576
const prefixLength = 5

/**
 * Asks a range service: five digits of the hash leave the house, and the answer is padded so that its size tells nothing
 * (k-anonymity).
 * @throws when the service does not answer in time or as agreed.
 */
export const isInRange = async (deps: Deps, endpoint: string, hash: string): Promise<boolean> => {
  const answer = await requestUrl(operatorGuardOf(deps), {
    kind: 'provider',
    url: `${endpoint}/${hash.slice(0, prefixLength)}`,
    headers: { 'add-padding': 'true' },
    signal: deps.stopping,
    connectMs: answerMs,
    totalMs: answerMs,
    bodyBytesMax: answerBytesMax,
  })
  if (answer.status !== 200) throw new Error('the range service refused')
  const rest = hash.slice(prefixLength)
  return answer.body
    .toString('latin1')
    .split('\n')
    .some((line) => {
      const [suffix, count] = line.trim().toUpperCase().split(':')
      return suffix === rest && count !== '0'
    })
}
