import { Drawer, MultiSelect, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { retryRules, type Webhook } from '../../../../src/webhooks/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { eventChoices } from './event-choices.ts'
import type { ShownSecret } from './secret-dialog.tsx'
import { useWebhookForm } from './webhook-form.ts'

type Props = {
  readonly edited: Webhook | 'new' | null
  readonly onClose: () => void
  readonly onSecret: (secret: ShownSecret) => void
}
type Form = ReturnType<typeof useWebhookForm>['form']

const AuthParts = ({ form, known }: { readonly form: Form; readonly known: Webhook | null }) => {
  const { t } = useTexts()
  const { kind } = form.values
  const kinds = [
    ...(known && known.auth.type !== 'none' ? (['keep'] as const) : []),
    ...(['none', 'basic', 'bearer'] as const),
  ]
  return (
    <>
      <Select
        label={t('webhooks.auth')}
        description={t('webhooks.auth-hint')}
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: t(`webhooks.auth-${value}`) }))}
        {...form.getInputProps('kind')}
      />
      {kind === 'basic' ? (
        <>
          <TextInput
            label={t('webhooks.username')}
            autoComplete="off"
            required
            {...form.getInputProps('auth.username')}
          />
          <PasswordInput
            label={t('webhooks.password')}
            autoComplete="new-password"
            required
            {...form.getInputProps('auth.password')}
          />
        </>
      ) : null}
      {kind === 'bearer' ? (
        <PasswordInput
          label={t('webhooks.token')}
          autoComplete="new-password"
          required
          {...form.getInputProps('auth.token')}
        />
      ) : null}
    </>
  )
}

const Ways = ({ form }: { readonly form: Form }) => {
  const { t } = useTexts()
  return (
    <>
      <Select
        label={t('webhooks.retry-rule')}
        allowDeselect={false}
        data={retryRules.map((rule) => ({ value: rule, label: t(`webhooks.rule-${rule}`) }))}
        {...form.getInputProps('retry_rule')}
      />
      <Select
        label={t('webhooks.personal-data')}
        allowDeselect={false}
        data={(['full', 'ids'] as const).map((value) => ({ value, label: t(`webhooks.personal-${value}`) }))}
        {...form.getInputProps('personal_data')}
      />
    </>
  )
}

const Targets = ({ form }: { readonly form: Form }) => {
  const texts = useTexts()
  const { t } = texts
  return (
    <>
      <TextInput
        label={t('webhooks.url')}
        description={t('webhooks.url-hint')}
        placeholder="https://shop.example.com/campanile"
        type="url"
        maxLength={2048}
        required
        data-autofocus
        {...form.getInputProps('url')}
      />
      <MultiSelect
        label={t('webhooks.events')}
        description={t('webhooks.events-hint')}
        data={eventChoices(texts)}
        nothingFoundMessage={t('webhooks.events-none')}
        searchable
        clearable
        required
        maxDropdownHeight={320}
        {...form.getInputProps('events')}
      />
      <TextInput
        label={`${t('webhooks.name')} (${t('ui.optional')})`}
        description={t('webhooks.name-hint')}
        maxLength={60}
        {...form.getInputProps('name')}
      />
      <TextInput
        label={`${t('webhooks.secondary-url')} (${t('ui.optional')})`}
        description={t('webhooks.secondary-hint')}
        type="url"
        maxLength={2048}
        {...form.getInputProps('secondary_url')}
      />
    </>
  )
}

const Form = ({ edited, onClose, onSecret }: Props & { readonly edited: Webhook | 'new' }) => {
  const { t } = useTexts()
  const onSaved = (saved: Webhook, before: Webhook) => {
    const untested = before.proven && !saved.proven
    notifications.show({
      color: untested ? 'yellow' : 'green',
      message: t(untested ? 'webhooks.saved-untested' : 'webhooks.saved'),
    })
    onClose()
  }
  const { form, known, busy, error, submit } = useWebhookForm(edited, { onSecret, onSaved })
  const labels = {
    name: t('webhooks.name'),
    url: t('webhooks.url'),
    secondary_url: t('webhooks.secondary-url'),
    events: t('webhooks.events'),
    'auth.username': t('webhooks.username'),
    'auth.password': t('webhooks.password'),
    'auth.token': t('webhooks.token'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <Targets form={form} />
        <AuthParts form={form} known={known} />
        <Ways form={form} />
        <FormFoot action={t(known ? 'ui.save' : 'webhooks.create')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

export const WebhookDrawer = (props: Props) => {
  const { t } = useTexts()
  const { edited, onClose } = props
  const title = edited === 'new' || edited === null ? t('webhooks.add') : edited.name
  return (
    <Drawer opened={edited !== null} onClose={onClose} title={title} position="right" size="lg">
      {edited === null ? null : <Form {...props} edited={edited} />}
    </Drawer>
  )
}
