import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  changeSenderDomain,
  getSenderDomain,
  listHostingGuides,
  listSenderDomains,
  type SenderDomain,
} from '../../../../src/sender-domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { read, refresh } from '../../lib/queries.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { SettingsFields } from './settings-fields.tsx'
import { type SettingsValues, settingsOf, toSettings } from './settings-values.ts'

type Props = { readonly domain: SenderDomain; readonly onClose: () => void }

const SettingsForm = ({ domain, onClose }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const { data } = useQuery(read(listHostingGuides))
  const form = useForm<SettingsValues>({ initialValues: settingsOf(domain) })
  const { busy, error, submit } = useSubmit(
    form,
    async (values) => {
      await call(changeSenderDomain, {
        params: { id: domain.id },
        body: toSettings(values),
        ifMatch: domain.version,
      })
      await refresh(client, getSenderDomain, listSenderDomains)
      notifications.show({ color: 'green', message: t('sender-domains.saved') })
      onClose()
    },
    { codes: { email_invalid: 'rua' } },
  )
  const labels = {
    return_path_label: t('sender-domains.return-path-label'),
    tracking_label: t('sender-domains.tracking-label'),
    rua: t('sender-domains.rua'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <SettingsFields form={form} serviceDomain={data?.service_domain ?? null} />
        <Text size="sm" c="dimmed">
          {t('sender-domains.label-note')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export const SettingsDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t('sender-domains.settings-title', { domain: props.domain.domain })}
      size="lg"
    >
      <SettingsForm key={props.domain.version} {...props} />
    </Modal>
  )
}
