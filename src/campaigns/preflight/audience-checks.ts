import type { Trx } from '../../db/pool.ts'
import { type AudienceScope, countConsentUnknown } from '../audience/queries.ts'
import type { Audience, Check } from '../contract.ts'
import type { AudienceCount } from '../preview/contract.ts'
import { block, warn } from './check.ts'

const suppressedShareMax = 0.3
const pointer = '/audience'

/** Who of the audience may not be written to, and on which ground the others are. */
export const audienceChecks = async (
  trx: Trx,
  scope: AudienceScope,
  audience: Audience,
  count: AudienceCount,
): Promise<Check[]> => {
  const checks: Check[] = []
  if (count.reachable === 0) {
    checks.push(
      block('empty_audience', { count: 0, detail: 'Nobody of the audience can be written to.', pointer }),
    )
  }
  const suppressed = count.audience - count.reachable
  if (suppressed > count.audience * suppressedShareMax) {
    checks.push(
      warn('suppression_ratio_high', {
        count: suppressed,
        detail: 'More than 30 % of the audience is suppressed.',
        pointer,
      }),
    )
  }
  if (scope.question.requireConsent) {
    const lacking = count.suppressed_by_reason['no_consent'] ?? 0
    if (lacking > 0 && !audience.exclude_without_consent) {
      checks.push(
        block('consent_missing', { count: lacking, detail: 'Contacts have not consented.', pointer }),
      )
    }
    return checks
  }
  const unknown = count.reachable > 0 ? await countConsentUnknown(trx, scope) : 0
  if (unknown > 0) {
    checks.push(
      warn('consent_unknown', {
        count: unknown,
        detail: 'No consent of these contacts is recorded.',
        pointer,
      }),
    )
  }
  return checks
}
