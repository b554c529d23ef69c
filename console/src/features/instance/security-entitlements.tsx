import { Button, Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, TagsInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeSecurityEntitlements,
  getAccountEntitlements,
  getSecurityEntitlements,
  type SecurityEntitlements,
} from '../../../../src/operator/entitlements/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { Section } from '../../ui/section.tsx'
import { useSubmit } from '../../ui/submit.ts'

type Props = { readonly accountId: string; readonly granted: SecurityEntitlements }

const methods = ['email', 'sms', 'totp', 'passkey'] as const
const floors = ['none', 'admins', 'all'] as const

const useGrantForm = ({ accountId, granted }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const { version, ...initialValues } = granted
  const form = useForm({ initialValues })
  const submitting = useSubmit(
    form,
    async (values) => {
      const sms_countries = values.sms_countries.map((country) => country.trim().toUpperCase())
      const body = { ...values, sms_countries }
      await call(changeSecurityEntitlements, { params: { id: accountId }, body, ifMatch: version })
      form.resetDirty()
      notifications.show({ color: 'green', message: t('instance.saved') })
      await refresh(client, getSecurityEntitlements, getAccountEntitlements)
    },
    { codes: { methods_empty: 'mfa_methods' } },
  )
  return { form, ...submitting }
}

type Parts = { readonly form: ReturnType<typeof useGrantForm>['form']; readonly locked: boolean }

const SmsParts = ({ form, locked }: Parts) => {
  const { t } = useTexts()
  return (
    <>
      <TagsInput
        label={t('instance.sms-countries')}
        description={t('instance.sms-countries-hint')}
        splitChars={[',', ' ']}
        maxTags={250}
        readOnly={locked}
        {...form.getInputProps('sms_countries')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label={t('instance.sms-budget')}
          description={t('instance.sms-budget-hint')}
          min={0}
          max={1_000_000}
          allowDecimal={false}
          readOnly={locked}
          {...form.getInputProps('sms_daily_budget')}
        />
        <NumberInput
          label={t('instance.ip-limit')}
          description={t('instance.ip-limit-hint')}
          min={1}
          max={1_000}
          allowDecimal={false}
          readOnly={locked}
          {...form.getInputProps('ip_entry_limit')}
        />
      </SimpleGrid>
    </>
  )
}

const MfaParts = ({ form, locked }: Parts) => {
  const { t } = useTexts()
  return (
    <>
      <Checkbox
        label={t('instance.mfa')}
        description={t('instance.mfa-hint')}
        disabled={locked}
        {...form.getInputProps('mfa', { type: 'checkbox' })}
      />
      <Checkbox.Group label={t('instance.methods')} {...form.getInputProps('mfa_methods')}>
        <Group mt="xs">
          {methods.map((method) => (
            <Checkbox
              key={method}
              value={method}
              label={t(`instance.method-${method}`)}
              disabled={locked || !form.values.mfa}
            />
          ))}
        </Group>
      </Checkbox.Group>
      <Select
        label={t('instance.floor')}
        description={t('instance.floor-hint')}
        allowDeselect={false}
        disabled={locked}
        data={floors.map((floor) => ({ value: floor, label: t(`instance.floor-${floor}`) }))}
        {...form.getInputProps('mfa_floor')}
      />
    </>
  )
}

export const SecurityEntitlementsForm = (props: Props) => {
  const { t } = useTexts()
  const locked = !useMay()('operator.entitlements.manage')
  const { form, busy, error, submit } = useGrantForm(props)
  const labels = {
    mfa_methods: t('instance.methods'),
    sms_countries: t('instance.sms-countries'),
    sms_daily_budget: t('instance.sms-budget'),
    ip_entry_limit: t('instance.ip-limit'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Section title={t('instance.sign-in')} text={t('instance.sign-in-text')}>
        <Stack gap="md">
          <FormProblems form={form} error={error} labels={labels} />
          <MfaParts form={form} locked={locked} />
          <SmsParts form={form} locked={locked} />
          {locked ? null : (
            <Group justify="flex-end">
              <Button type="submit" loading={busy} disabled={!form.isDirty()}>
                {t('ui.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </Section>
      <LeaveGuard when={form.isDirty() && !busy} />
    </form>
  )
}
