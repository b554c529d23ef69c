import { Group, NumberInput, Radio, Select, Stack, Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTexts } from '../../i18n/texts.tsx'
import { RadioChoice } from '../../ui/radio-choice.tsx'
import { RoleField } from '../roles/index.ts'
import type { SettingsValues } from './settings-values.ts'

type Props<V extends SettingsValues> = {
  readonly form: UseFormReturnType<V>
  /** Null: the operator offers no delegated mode. */
  readonly serviceDomain: string | null
}

const policies = ['none', 'quarantine', 'reject'] as const

const Mode = <V extends SettingsValues>({ form, serviceDomain: service }: Props<V>) => {
  const { t } = useTexts()
  if (service === null) return null
  return (
    <Radio.Group label={t('sender-domains.mode')} {...form.getInputProps('mode')}>
      <Stack gap="xs" mt={4}>
        <RadioChoice
          value="direct"
          title={t('sender-domains.mode-direct')}
          hint={t('sender-domains.mode-direct-hint')}
        />
        <RadioChoice
          value="delegated"
          title={t('sender-domains.mode-delegated', { service })}
          hint={t('sender-domains.mode-delegated-hint')}
        />
      </Stack>
    </Radio.Group>
  )
}

const DmarcFields = <V extends SettingsValues>({ form }: Pick<Props<V>, 'form'>) => {
  const { t } = useTexts()
  const choices = policies.map((value) => ({ value, label: t(`sender-domains.policy-${value}`) }))
  return (
    <>
      <Select
        label={t('sender-domains.dmarc-policy')}
        description={t('sender-domains.dmarc-hint')}
        data={choices}
        allowDeselect={false}
        {...form.getInputProps('policy')}
      />
      <Group grow align="flex-end">
        <Select
          label={t('sender-domains.subdomain-policy')}
          data={[{ value: '', label: t('sender-domains.as-domain') }, ...choices]}
          allowDeselect={false}
          {...form.getInputProps('subdomain_policy')}
        />
        <NumberInput
          label={t('sender-domains.pct')}
          min={0}
          max={100}
          allowDecimal={false}
          clampBehavior="strict"
          {...form.getInputProps('pct')}
        />
      </Group>
      <TextInput
        label={t('sender-domains.rua')}
        description={t('sender-domains.rua-hint')}
        placeholder="dmarc@example.com"
        {...form.getInputProps('rua')}
      />
      <Switch
        label={t('sender-domains.strict')}
        description={t('sender-domains.strict-hint')}
        {...form.getInputProps('strict', { type: 'checkbox' })}
      />
    </>
  )
}

/** What may be chosen for a domain, at its making and later. */
export const SettingsFields = <V extends SettingsValues>({ form, serviceDomain }: Props<V>) => {
  const { t } = useTexts()
  return (
    <Stack gap="md">
      <Mode form={form} serviceDomain={serviceDomain} />
      <TextInput
        label={t('sender-domains.return-path-label')}
        description={t('sender-domains.return-path-label-hint')}
        maxLength={63}
        {...form.getInputProps('return_path_label')}
      />
      <TextInput
        label={t('sender-domains.tracking-label')}
        description={t('sender-domains.tracking-label-hint')}
        maxLength={63}
        {...form.getInputProps('tracking_label')}
      />
      <DmarcFields form={form} />
      <Switch
        label={t('sender-domains.ed25519')}
        description={t('sender-domains.ed25519-hint')}
        {...form.getInputProps('ed25519', { type: 'checkbox' })}
      />
      <RoleField
        label={t('sender-domains.roles')}
        description={t('sender-domains.roles-hint')}
        {...form.getInputProps('allowed_role_ids')}
      />
    </Stack>
  )
}
