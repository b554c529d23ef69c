import {
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { listProviders } from '../../../../../src/providers/contract.ts'
import {
  changeWarmup,
  createWarmup,
  listWarmups,
  type WarmupPlan,
} from '../../../../../src/providers/warmup/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { read, refresh } from '../../../lib/queries.ts'
import { FormFoot } from '../../../ui/form-foot.tsx'
import { FormProblems } from '../../../ui/form-problems.tsx'
import { useSubmit } from '../../../ui/submit.ts'
import { capOnDay, targetDay } from './curve.ts'

type Values = {
  subject_kind: 'sender_domain' | 'source_ip'
  subject: string
  start_per_day: number | string
  growth: number | string
  target_per_day: number | string
  days: number | string
  rest: 'wait' | 'established'
  established_provider_id: string | null
}

const toValues = (plan: WarmupPlan | null): Values => ({
  subject_kind: plan?.subject_kind ?? 'sender_domain',
  subject: plan?.subject ?? '',
  start_per_day: plan?.start_per_day ?? 200,
  growth: plan?.growth ?? 1.5,
  target_per_day: plan?.target_per_day ?? 20_000,
  days: plan?.days ?? 30,
  rest: plan?.rest ?? 'wait',
  established_provider_id: plan?.established_provider_id ?? null,
})

const toBody = (values: Values) => ({
  start_per_day: Number(values.start_per_day),
  growth: Number(values.growth),
  target_per_day: Number(values.target_per_day),
  days: Number(values.days),
  rest: values.rest,
  established_provider_id: values.rest === 'wait' ? null : values.established_provider_id,
})

const save = (plan: WarmupPlan | null, values: Values): Promise<WarmupPlan> =>
  plan === null
    ? call(createWarmup, {
        body: { subject_kind: values.subject_kind, subject: values.subject.trim(), ...toBody(values) },
      })
    : call(changeWarmup, { params: { id: plan.id }, body: toBody(values), ifMatch: plan.version })

const usePlanForm = (plan: WarmupPlan | null, onClose: () => void) => {
  const { t, find } = useTexts()
  const client = useQueryClient()
  const needed = (value: number | string | null) =>
    String(value ?? '').trim() === '' ? find('problems', 'field.required') : null
  const form = useForm<Values>({
    initialValues: toValues(plan),
    validate: {
      subject: (value) => (plan === null ? needed(value) : null),
      start_per_day: needed,
      growth: needed,
      target_per_day: (value, { start_per_day }) =>
        needed(value) ??
        (Number(value) < Number(start_per_day) ? find('problems', 'field.out_of_range') : null),
      days: needed,
      established_provider_id: (value, { rest }) => (rest === 'established' ? needed(value) : null),
    },
  })
  const submitting = useSubmit(
    form,
    async (values) => {
      await save(plan, values)
      await refresh(client, listWarmups)
      notifications.show({ color: 'green', message: t('delivery.warmup-saved') })
      onClose()
    },
    { codes: { duplicate: 'subject' } },
  )
  return { form, ...submitting }
}
type Form = ReturnType<typeof usePlanForm>['form']

const Preview = ({ form }: { readonly form: Form }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const values = form.getValues()
  const days = Number(values.days)
  const curve = {
    start: Number(values.start_per_day),
    growth: Number(values.growth),
    target: Number(values.target_per_day),
  }
  if (!(curve.start >= 1 && curve.growth >= 1 && curve.target >= curve.start && days >= 1 && days <= 365))
    return null
  const reached = targetDay(curve, days)
  const shown = [1, 2, 3, 7, 14].filter((day) => day <= days)
  return (
    <Text size="sm" c="dimmed" role="status">
      {shown
        .map((day) => t('delivery.warmup-preview', { day, cap: formats.number(capOnDay(curve, day)) }))
        .join(' · ')}
      {' · '}
      {reached === null
        ? t('delivery.warmup-preview-never', { days })
        : t('delivery.warmup-preview-last', { day: reached })}
    </Text>
  )
}

const Subject = ({ form }: { readonly form: Form }) => {
  const { t } = useTexts()
  const label = useId()
  return (
    <>
      <div>
        <Text size="sm" fw={500} id={label} mb={4}>
          {t('delivery.warmup-kind')}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby={label}
          data={(['sender_domain', 'source_ip'] as const).map((value) => ({
            value,
            label: t(`delivery.warmup-kind-${value}`),
          }))}
          {...form.getInputProps('subject_kind')}
        />
      </div>
      <TextInput
        label={t('delivery.warmup-subject')}
        description={t('delivery.warmup-subject-hint')}
        required
        maxLength={253}
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('subject')}
      />
    </>
  )
}

const Rest = ({ form }: { readonly form: Form }) => {
  const { t } = useTexts()
  const label = useId()
  const { data } = useQuery(read(listProviders, { query: { channel: 'email', limit: 1000 } }))
  return (
    <>
      <div>
        <Text size="sm" fw={500} id={label} mb={4}>
          {t('delivery.warmup-rest')}
        </Text>
        <SegmentedControl
          fullWidth
          orientation="vertical"
          aria-labelledby={label}
          data={(['wait', 'established'] as const).map((value) => ({
            value,
            label: t(`delivery.warmup-rest-${value}`),
          }))}
          {...form.getInputProps('rest')}
        />
      </div>
      {form.getValues().rest === 'established' ? (
        <Select
          label={t('delivery.warmup-provider')}
          required
          data={(data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('established_provider_id')}
        />
      ) : null}
    </>
  )
}

type Props = { readonly plan: WarmupPlan | null; readonly onClose: () => void }

const PlanForm = ({ plan, onClose }: Props) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = usePlanForm(plan, onClose)
  const labels = {
    subject: t('delivery.warmup-subject'),
    start_per_day: t('delivery.warmup-start'),
    growth: t('delivery.warmup-growth'),
    target_per_day: t('delivery.warmup-target'),
    days: t('delivery.warmup-days'),
    established_provider_id: t('delivery.warmup-provider'),
  }
  const whole = { min: 1, allowDecimal: false, allowNegative: false, required: true }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        {plan === null ? <Subject form={form} /> : null}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput
            label={labels.start_per_day}
            {...whole}
            thousandSeparator=" "
            {...form.getInputProps('start_per_day')}
          />
          <NumberInput
            label={labels.target_per_day}
            {...whole}
            thousandSeparator=" "
            {...form.getInputProps('target_per_day')}
          />
          <NumberInput
            label={labels.growth}
            description={t('delivery.warmup-growth-hint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            min={1}
            max={5}
            step={0.1}
            decimalScale={2}
            {...form.getInputProps('growth')}
          />
          <NumberInput label={labels.days} {...whole} max={365} {...form.getInputProps('days')} />
        </SimpleGrid>
        <Preview form={form} />
        <Rest form={form} />
        <FormFoot
          action={t(plan === null ? 'delivery.warmup-begin' : 'ui.save')}
          busy={busy}
          onCancel={onClose}
        />
      </Stack>
    </form>
  )
}

/** Begins a warm-up, or changes the given one. */
export const PlanDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  const { plan } = props
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={
        plan === null ? t('delivery.warmup-add') : t('delivery.warmup-edit-title', { subject: plan.subject })
      }
    >
      <PlanForm key={plan?.id ?? 'new'} {...props} />
    </Modal>
  )
}
