import { Button } from '@mantine/core'
import { IconFlame } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { deleteWarmup, listWarmups, type WarmupPlan } from '../../../../../src/providers/warmup/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { useLive } from '../../../lib/events.ts'
import { refresh, usePages } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Clock } from '../../../ui/illustrations.tsx'
import { Page } from '../../../ui/page.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import classes from '../delivery.module.css'
import { ShapingTabs } from '../shaping-tabs.tsx'
import { PlanCard } from './plan-card.tsx'
import { PlanDialog } from './plan-form.tsx'

type DeletionProps = { readonly plan: WarmupPlan | null; readonly onClose: () => void }

const Deletion = ({ plan, onClose }: DeletionProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  return (
    <ConfirmDialog
      opened={plan !== null}
      onClose={onClose}
      title={t('delivery.warmup-delete-title', { subject: plan?.subject ?? '' })}
      action={t('ui.delete')}
      onConfirm={async () => {
        if (plan === null) return
        await call(deleteWarmup, { params: { id: plan.id }, ifMatch: plan.version })
        await refresh(client, listWarmups)
      }}
    >
      {t('delivery.warmup-delete-text')}
    </ConfirmDialog>
  )
}

export const WarmupPage = () => {
  const { t } = useTexts()
  const manages = useMay()('email.settings.manage')
  useLive('provider', listWarmups)
  const { rows, isPending, error, retry } = usePages(listWarmups, { query: { limit: 100 } })
  const [edited, setEdited] = useState<WarmupPlan | 'new' | null>(null)
  const [doomed, setDoomed] = useState<WarmupPlan | null>(null)
  const add = manages ? (
    <Button leftSection={<IconFlame size={16} />} onClick={() => setEdited('new')}>
      {t('delivery.warmup-add')}
    </Button>
  ) : null
  return (
    <Page title={t('delivery.warmup-title')} purpose={t('delivery.warmup-purpose')} action={add}>
      <ShapingTabs />
      {error === null ? null : <ErrorState error={error} onRetry={retry} />}
      {isPending ? <CardSkeleton /> : null}
      {!isPending && error === null && rows.length === 0 ? (
        <EmptyState art={<Clock />} title={t('delivery.warmup-empty-title')} action={add}>
          {t('delivery.warmup-empty-text')}
        </EmptyState>
      ) : null}
      <div className={classes.plans}>
        {rows.map((plan) => (
          <PlanCard
            key={plan.id}
            plan={plan}
            acts={manages ? { onEdit: () => setEdited(plan), onDelete: () => setDoomed(plan) } : null}
          />
        ))}
      </div>
      <PlanDialog
        opened={edited !== null}
        plan={edited === 'new' ? null : edited}
        onClose={() => setEdited(null)}
      />
      <Deletion plan={doomed} onClose={() => setDoomed(null)} />
    </Page>
  )
}
