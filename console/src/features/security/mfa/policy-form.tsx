import { Button, Checkbox, Fieldset, Group, Radio, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeMfaPolicy,
  getMfaPolicy,
  getUserMfa,
  type MfaPolicy,
  methods,
  requirements,
} from '../../../../../src/security/mfa/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { refresh } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { RadioChoice } from '../../../ui/radio-choice.tsx'
import { RefusedUsers } from './refused-users.tsx'

type Draft = Pick<MfaPolicy, 'require' | 'methods' | 'trusted_device_days' | 'device_bound_owners'>
const dayChoices = [0, 1, 7, 30] as const
const floorOf = { none: 'optional', admins: 'admins', all: 'all' } as const

/** Less is asked than before: fewer people, weaker methods, longer trust. */
const isWeaker = (before: Draft, after: Draft): boolean =>
  requirements.indexOf(after.require) < requirements.indexOf(before.require) ||
  after.methods.some((method) => !before.methods.includes(method)) ||
  after.trusted_device_days > before.trusted_device_days ||
  (before.device_bound_owners && !after.device_bound_owners)

type FieldsProps = {
  readonly policy: MfaPolicy
  readonly draft: Draft
  readonly change: (change: Partial<Draft>) => void
  readonly disabled: boolean
}

const Requirement = ({ policy, draft, change, disabled }: FieldsProps) => {
  const { t } = useTexts()
  const floor = floorOf[policy.operator.floor]
  return (
    <Radio.Group
      label={t('mfa.require')}
      description={floor === 'optional' ? null : t('mfa.require-floor', { floor: t(`mfa.require.${floor}`) })}
      value={draft.require}
      onChange={(value) => change({ require: value as Draft['require'] })}
    >
      <Fieldset variant="unstyled" disabled={disabled}>
        <Stack gap="xs" mt="xs">
          {requirements
            .filter((value) => requirements.indexOf(value) >= requirements.indexOf(floor))
            .map((value) => (
              <RadioChoice
                key={value}
                value={value}
                title={t(`mfa.require.${value}`)}
                hint={t(`mfa.require.${value}-hint`)}
              />
            ))}
        </Stack>
      </Fieldset>
    </Radio.Group>
  )
}

const Methods = ({ policy, draft, change, disabled }: FieldsProps) => {
  const { t } = useTexts()
  return (
    <Checkbox.Group
      label={t('mfa.methods')}
      description={t('mfa.methods-hint')}
      value={draft.methods}
      onChange={(values) => change({ methods: methods.filter((method) => values.includes(method)) })}
    >
      <Stack gap="xs" mt="xs">
        {methods.map((method) => (
          <Checkbox
            key={method}
            value={method}
            label={t(`second-factor.method.${method}`)}
            description={t(`second-factor.about.${method}`)}
            disabled={disabled || !policy.operator.methods.includes(method)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

const Trust = ({ draft, change, disabled }: FieldsProps) => {
  const { t } = useTexts()
  return (
    <>
      <Select
        label={t('mfa.days')}
        data={dayChoices.map((days) => ({ value: String(days), label: t(`mfa.days.${days}`) }))}
        value={String(draft.trusted_device_days)}
        onChange={(value) => {
          const days = dayChoices.find((choice) => String(choice) === value)
          if (days !== undefined) change({ trusted_device_days: days })
        }}
        allowDeselect={false}
        disabled={disabled}
      />
      <Checkbox
        checked={draft.device_bound_owners}
        onChange={(event) => change({ device_bound_owners: event.currentTarget.checked })}
        label={t('mfa.device-bound')}
        description={t('mfa.device-bound-hint')}
        disabled={disabled}
      />
    </>
  )
}

const toDraft = (policy: MfaPolicy): Draft => ({
  require: policy.require,
  methods: policy.methods,
  trusted_device_days: policy.trusted_device_days,
  device_bound_owners: policy.device_bound_owners,
})

const useSave = (policy: MfaPolicy, draft: Draft) => {
  const { t } = useTexts()
  const client = useQueryClient()
  return async () => {
    const saved = await call(changeMfaPolicy, {
      body: { ...draft, methods: [...draft.methods] },
      ifMatch: policy.version,
    }).catch(async (failure: unknown) => {
      // Somebody saved meanwhile: the page shows that before anything is written over.
      if (isProblem(failure, 'version_conflict')) await refresh(client, getMfaPolicy)
      throw failure
    })
    notifications.show({ color: 'green', message: t('mfa.saved', { count: saved.sessions_ended }) })
    await refresh(client, getMfaPolicy, getUserMfa)
  }
}

/** The requirement of the account; says before saving whom it will sign out. */
export const PolicyForm = ({ policy }: { readonly policy: MfaPolicy }) => {
  const { t } = useTexts()
  const may = useMay()
  const [draft, setDraft] = useState(() => toDraft(policy))
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState<unknown>(null)
  const save = useSave(policy, draft)
  const disabled = !policy.entitled || !may('account.security.manage')
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const changed = JSON.stringify(draft) !== JSON.stringify(toDraft(policy))
  const words = isWeaker(toDraft(policy), draft) ? 'weaken' : 'save'
  const fields = { policy, draft, change, disabled }
  return (
    <Stack gap="md">
      <Requirement {...fields} />
      <Methods {...fields} />
      <Trust {...fields} />
      <RefusedUsers error={refused} />
      {disabled ? null : (
        <Group justify="flex-end">
          <Button disabled={!changed} onClick={() => setAsking(true)}>
            {t('mfa.save')}
          </Button>
        </Group>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t(`mfa.${words}-title`)}
        action={t('mfa.save')}
        danger={words === 'weaken'}
        onConfirm={() =>
          save().catch((failure: unknown) => {
            setRefused(failure)
            throw failure
          })
        }
      >
        <Text size="sm">{t(`mfa.${words}-text`)}</Text>
      </ConfirmDialog>
    </Stack>
  )
}
