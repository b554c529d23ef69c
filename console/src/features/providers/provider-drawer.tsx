import { Button, Drawer, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Provider } from '../../../../src/providers/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useCheck } from './check.ts'
import { CheckPanel } from './check-panel.tsx'
import { DirectFields, LimitFields } from './limit-fields.tsx'
import { type Kind, limitNames, useProviderForm } from './provider-form.ts'
import { SmtpFields } from './smtp-fields.tsx'

type Props = {
  readonly provider: Provider | null
  readonly kind: Kind
  /** Opened by "Test": runs it at once. */
  readonly testNow: boolean
  readonly isMain: (provider: Provider) => boolean
  readonly onUse: (provider: Provider) => void
  readonly onClose: () => void
}

const useLabels = () => {
  const { t } = useTexts()
  return {
    name: t('providers.name'),
    host: t('providers.host'),
    port: t('providers.port'),
    tls: t('providers.tls'),
    username: t('providers.username'),
    password: t('providers.password'),
    ehlo_name: t('providers.ehlo-name'),
    enabled: t('providers.enabled'),
    source_addresses: t('providers.source-addresses'),
    ...Object.fromEntries(limitNames.map((limit) => [limit, t(`providers.limit-${limit}`)])),
  }
}

const ProviderFormView = ({ provider: given, kind, testNow, isMain, onUse, onClose }: Props) => {
  const { t } = useTexts()
  const [provider, setProvider] = useState(given)
  const [hasSaved, setHasSaved] = useState(false)
  const { state, run } = useCheck()
  const labels = useLabels()
  const { form, drop, isSmtp, hasPassword, busy, error, submit } = useProviderForm(
    kind,
    provider,
    (saved) => {
      setProvider(saved)
      setHasSaved(true)
      void run(saved.id)
    },
  )
  const givenId = given?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the drawer opens.
  useEffect(() => {
    if (testNow && givenId !== undefined) void run(givenId)
  }, [givenId, testNow])
  const leave = () => {
    drop()
    onClose()
  }
  const next =
    provider === null ||
    isMain(provider) ||
    !provider.enabled ||
    provider.kind === 'simulator' ? undefined : (
      <div>
        <Button size="xs" onClick={() => onUse(provider)}>
          {t('providers.use-for-email')}
        </Button>
      </div>
    )
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput
          label={labels.name}
          description={t('providers.name-hint')}
          required
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        {isSmtp ? <SmtpFields form={form} hasPassword={hasPassword} /> : null}
        {kind === 'mx' ? <DirectFields form={form} /> : null}
        <LimitFields form={form} kind={kind} />
        {provider === null ? null : (
          <Switch
            label={labels.enabled}
            description={t('providers.enabled-hint')}
            {...form.getInputProps('enabled', { type: 'checkbox' })}
          />
        )}
        {hasSaved && !form.isDirty() ? (
          <Text size="sm" role="status">
            {t('providers.saved')}
          </Text>
        ) : null}
        <CheckPanel state={state} direct={kind === 'mx'} next={next} />
        <Group justify="flex-end">
          <Button variant="default" onClick={leave} disabled={busy}>
            {t(provider === null ? 'ui.cancel' : 'ui.close')}
          </Button>
          <Button type="submit" loading={busy || state.kind === 'running'}>
            {t('providers.save-and-test')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Adds a relay or changes a provider; every save is followed by the test, and the drawer stays for its result. */
export const ProviderDrawer = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  const { provider, onClose } = props
  const title =
    provider === null
      ? t(props.kind === 'mx' ? 'providers.add-direct' : 'providers.add')
      : provider.kind === 'simulator'
        ? t('providers.edit-simulator')
        : t('providers.edit-title', { name: provider.name })
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={480}
      title={title}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <ProviderFormView key={provider?.id ?? props.kind} {...props} />
    </Drawer>
  )
}
