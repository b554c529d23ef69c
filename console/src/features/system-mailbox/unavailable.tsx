import { useTexts } from '../../i18n/texts.tsx'
import { isDevelopmentHere } from '../../lib/development.ts'
import { isProblem } from '../../lib/problem.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LockedBell } from '../../ui/illustrations.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import type { Kept } from './kept.ts'

/** Why there is nothing to show yet, or null when there is. */
export const Unavailable = ({ kept }: { readonly kept: Kept }) => {
  const { t } = useTexts()
  if (!isDevelopmentHere() || isProblem(kept.error, 'not_found'))
    return (
      <EmptyState art={<LockedBell />} title={t('system-mailbox.elsewhere-title')}>
        {t('system-mailbox.elsewhere-text')}
      </EmptyState>
    )
  if (kept.error !== null) return <ErrorState error={kept.error} onRetry={() => void kept.refetch()} />
  return <RowsSkeleton rows={3} />
}
