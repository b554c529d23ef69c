import { createHmac, randomBytes } from 'node:crypto'
import type { Deps } from '../../http/deps.ts'
import { guardOf } from '../../http/outbound.ts'
import { requestUrl } from '../../lib/outbound-guard/index.ts'

export const probePath = '/.well-known/campanile-tracking'

/** Nobody else can answer it: so the host leads here, and with a certificate that holds. */
export const probeAnswer = (deps: Deps, nonce: string): string =>
  createHmac('sha256', deps.keys.purposeKey('tracking-host')).update(nonce).digest('base64url')

/** Whether browsers reach the content origin under the customer's host. */
export const probeTracking = async (deps: Deps, host: string): Promise<boolean> => {
  const nonce = randomBytes(16).toString('hex')
  try {
    const url = `https://${host}${probePath}/${nonce}`
    const { status, body } = await requestUrl(guardOf(deps), { kind: 'link_check', url, bodyBytesMax: 1_024 })
    return status === 200 && body.toString() === probeAnswer(deps, nonce)
  } catch {
    return false
  }
}
