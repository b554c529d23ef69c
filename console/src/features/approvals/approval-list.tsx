import { Button, Group, SegmentedControl, Stack } from '@mantine/core'
import { useState } from 'react'
import { type Approval, listApprovals, listOperatorApprovals } from '../../../../src/approvals/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { People } from '../../ui/illustrations.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { ApprovalCard, type Side } from './approval-card.tsx'
import classes from './approvals.module.css'

const parts = ['to-decide', 'mine', 'history'] as const
type Part = (typeof parts)[number]

type Shown = Pick<
  ReturnType<typeof usePages<typeof listApprovals>>,
  'error' | 'isPending' | 'hasMore' | 'isFetchingMore' | 'loadMore' | 'retry'
> & { readonly rows: readonly Approval[] }

const Cards = ({
  pages,
  side,
  part,
}: {
  readonly pages: Shown
  readonly side: Side
  readonly part: Part
}) => {
  const { t } = useTexts()
  const { user } = useSession()
  if (pages.error !== null) return <ErrorState error={pages.error} onRetry={pages.retry} />
  if (pages.isPending) return <RowsSkeleton rows={4} />
  if (pages.rows.length === 0)
    return (
      <EmptyState art={<People />} title={t(`approvals.empty-${part}`)}>
        {t('approvals.empty-text')}
      </EmptyState>
    )
  return (
    <>
      <Stack component="ul" gap="md" className={classes.list ?? ''}>
        {pages.rows.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} side={side} ownId={user.id} />
        ))}
      </Stack>
      {pages.hasMore ? (
        <Group justify="center">
          <Button variant="default" loading={pages.isFetchingMore} onClick={pages.loadMore}>
            {t('ui.load-more')}
          </Button>
        </Group>
      ) : null}
    </>
  )
}

const queryOf = (part: Part) => {
  if (part === 'to-decide') return { state: 'pending' as const }
  return part === 'mine' ? { mine: true } : {}
}

const Parts = ({
  part,
  onPart,
  offered,
}: {
  readonly part: Part
  readonly onPart: (part: Part) => void
  readonly offered: readonly Part[]
}) => {
  const { t } = useTexts()
  return (
    <SegmentedControl
      aria-label={t('approvals.sections')}
      value={part}
      onChange={(value) => onPart(parts.find((one) => one === value) ?? 'to-decide')}
      data={offered.map((value) => ({ value, label: t(`approvals.${value}`) }))}
    />
  )
}

/** The account's inbox. */
export const AccountApprovals = () => {
  const [part, setPart] = useState<Part>('to-decide')
  const pages = usePages(listApprovals, { query: queryOf(part) })
  useLive('account', listApprovals)
  return (
    <Stack gap="md" align="stretch">
      <Parts part={part} onPart={setPart} offered={parts} />
      <Cards pages={pages} side="account" part={part} />
    </Stack>
  )
}

/** The operator's inbox over all accounts. */
export const OperatorApprovals = () => {
  const [part, setPart] = useState<Part>('to-decide')
  const query = part === 'to-decide' ? { state: 'pending' as const } : {}
  const pages = usePages(listOperatorApprovals, { query })
  return (
    <Stack gap="md" align="stretch">
      <Parts part={part} onPart={setPart} offered={['to-decide', 'history']} />
      <Cards pages={pages} side="operator" part={part} />
    </Stack>
  )
}
