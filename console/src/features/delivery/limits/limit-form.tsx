import { Modal, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeShapingRule,
  createShapingRule,
  listShapingRules,
  type ShapingRule,
} from '../../../../../src/providers/shaping/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { FormFoot } from '../../../ui/form-foot.tsx'
import { FormProblems } from '../../../ui/form-problems.tsx'
import { useSubmit } from '../../../ui/submit.ts'

type Values = {
  site: string
  connections: number | string
  messages_per_connection: number | string
  per_minute: number | string
  per_hour: number | string
}

const toValues = (rule: ShapingRule | null): Values => ({
  site: rule?.site ?? '',
  connections: rule?.connections ?? 5,
  messages_per_connection: rule?.messages_per_connection ?? 20,
  per_minute: rule?.per_minute ?? '',
  per_hour: rule === null ? 3_600 : (rule.per_hour ?? ''),
})

const orNull = (value: number | string): number | null => (value === '' ? null : Number(value))

const toBody = (values: Values) => ({
  connections: Number(values.connections),
  messages_per_connection: Number(values.messages_per_connection),
  per_minute: orNull(values.per_minute),
  per_hour: orNull(values.per_hour),
})

const save = (rule: ShapingRule | null, values: Values): Promise<ShapingRule> =>
  rule === null
    ? call(createShapingRule, { body: { site: values.site.trim(), ...toBody(values) } })
    : call(changeShapingRule, { params: { id: rule.id }, body: toBody(values), ifMatch: rule.version })

const useLimitForm = (rule: ShapingRule | null, onClose: () => void) => {
  const { t, find } = useTexts()
  const client = useQueryClient()
  const needed = (value: number | string) =>
    String(value).trim() === '' ? find('problems', 'field.required') : null
  const form = useForm<Values>({
    initialValues: toValues(rule),
    validate: {
      site: (value) => (rule === null ? needed(value) : null),
      connections: needed,
      messages_per_connection: needed,
    },
  })
  const submitting = useSubmit(
    form,
    async (values) => {
      await save(rule, values)
      await refresh(client, listShapingRules)
      notifications.show({ color: 'green', message: t('delivery.limits-saved') })
      onClose()
    },
    { codes: { duplicate: 'site' } },
  )
  return { form, ...submitting }
}

type Props = { readonly rule: ShapingRule | null; readonly onClose: () => void }

const fields = [
  ['connections', 'connections', 50],
  ['messages_per_connection', 'messages-per-connection', 1_000],
  ['per_minute', 'per-minute', 6_000_000],
  ['per_hour', 'per-hour', 200_000_000],
] as const

const LimitForm = ({ rule, onClose }: Props) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useLimitForm(rule, onClose)
  const labels = {
    site: t('delivery.limits-site'),
    connections: t('delivery.connections'),
    messages_per_connection: t('delivery.messages-per-connection'),
    per_minute: t('delivery.per-minute'),
    per_hour: t('delivery.per-hour'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        {rule === null ? (
          <TextInput
            label={labels.site}
            description={t('delivery.limits-site-hint')}
            required
            maxLength={253}
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            {...form.getInputProps('site')}
          />
        ) : null}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {fields.map(([name, text, max]) => (
            <NumberInput
              key={name}
              label={t(`delivery.${text}`)}
              {...(name.startsWith('per_') ? { description: t('delivery.limits-hint') } : { required: true })}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={1}
              max={max}
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator=" "
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        <FormFoot action={t('ui.save')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

/** Adds limits for a receiver, or changes the given ones. */
export const LimitDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  const { rule } = props
  const site = rule?.site === '*' ? t('delivery.limits-rest') : (rule?.site ?? '')
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={rule === null ? t('delivery.limits-add') : t('delivery.limits-edit', { site })}
    >
      <LimitForm key={rule?.id ?? 'new'} {...props} />
    </Modal>
  )
}
