import { getHealth } from '../accounts/contract.ts'
import { unavailable } from '../http/errors.ts'
import { type ServeScope, serve } from '../http/serve.ts'

/** 200 once everything is ready, without version or detail (security.md §5.9). */
export const healthRoutes = (scope: ServeScope, isReady: () => boolean): void => {
  serve(scope, getHealth, async () => {
    if (!isReady()) throw unavailable()
    return { status: 'ok' as const }
  })
}
