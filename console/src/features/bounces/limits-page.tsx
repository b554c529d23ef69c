import { Button, Card, Group, List, Radio, Select, Stack, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type BounceSettings,
  changeBounceSettings,
  getBounceSettings,
} from '../../../../src/inbound/settings/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { read, refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { BouncesFrame } from './bounces-frame.tsx'

const monthChoices = [1, 2, 3, 6, 9, 12, 18, 24] as const
const never = 'never'

const valuesOf = (settings: BounceSettings) => ({
  hard_limit: String(settings.hard_limit),
  hard_months: String(settings.hard_months ?? never),
  soft_months: String(settings.soft_months ?? never),
})
const monthsOf = (text: string): number | null => (text === never ? null : Number(text))

const useMonthChoices = (current: number | null) => {
  const { t } = useTexts()
  const counts = [...new Set([...monthChoices, ...(current === null ? [] : [current])])].toSorted(
    (a, b) => a - b,
  )
  return [
    { value: never, label: t('bounces.months-never') },
    ...counts.map((count) => ({ value: String(count), label: t('bounces.months', { count }) })),
  ]
}

const useLimitsForm = (settings: BounceSettings) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues: valuesOf(settings) })
  const submitting = useSubmit(form, async (values) => {
    const body = {
      hard_limit: Number(values.hard_limit),
      hard_months: monthsOf(values.hard_months),
      soft_months: monthsOf(values.soft_months),
    }
    const saved = await call(changeBounceSettings, { body, ifMatch: settings.version })
    form.resetDirty(valuesOf(saved))
    await refresh(client, getBounceSettings)
    notifications.show({ color: 'green', message: t('bounces.limits-saved') })
  })
  return { form, ...submitting }
}

const LimitsForm = ({ settings }: { readonly settings: BounceSettings }) => {
  const { t } = useTexts()
  const manages = useMay()('email.settings.manage')
  const { form, busy, error, submit } = useLimitsForm(settings)
  const hard = useMonthChoices(settings.hard_months)
  const soft = useMonthChoices(settings.soft_months)
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={560}>
        <FormProblems form={form} error={error} labels={{ hard_limit: t('bounces.hard-limit') }} />
        <Radio.Group
          label={t('bounces.hard-limit')}
          description={t('bounces.hard-limit-hint')}
          {...form.getInputProps('hard_limit')}
        >
          <Group mt="xs">
            {(['1', '2', '3'] as const).map((value) => (
              <Radio key={value} value={value} label={t(`bounces.hard-${value}`)} disabled={!manages} />
            ))}
          </Group>
        </Radio.Group>
        <Select
          label={t('bounces.hard-months')}
          data={hard}
          allowDeselect={false}
          disabled={!manages}
          {...form.getInputProps('hard_months')}
        />
        <Select
          label={t('bounces.soft-months')}
          data={soft}
          allowDeselect={false}
          disabled={!manages}
          {...form.getInputProps('soft_months')}
        />
        <List size="sm" c="dimmed" spacing={4}>
          <List.Item>{t('bounces.soft-rule')}</List.Item>
          <List.Item>{t('bounces.complaint-rule')}</List.Item>
        </List>
        {manages ? (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!form.isDirty()}>
              {t('ui.save')}
            </Button>
          </Group>
        ) : null}
      </Stack>
      <LeaveGuard when={form.isDirty()} />
    </form>
  )
}

export const LimitsPage = () => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(getBounceSettings))
  return (
    <BouncesFrame>
      {data === undefined ? (
        error === null ? (
          <CardSkeleton rows={4} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Card withBorder padding="lg" component="section" aria-label={t('bounces.limits-title')}>
          <Title order={2} mb="md">
            {t('bounces.limits-title')}
          </Title>
          <LimitsForm key={data.version} settings={data} />
        </Card>
      )}
    </BouncesFrame>
  )
}
