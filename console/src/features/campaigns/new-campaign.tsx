import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createCampaign, getCampaign, listCampaigns } from '../../../../src/campaigns/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf, refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { stepPath } from './campaign-path.ts'
import { starterHtml, starterSubject } from './wizard/content/starter.ts'

const NameForm = ({ onClose }: { readonly onClose: () => void }) => {
  const texts = useTexts()
  const { t, find } = texts
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (name) => (name.trim() === '' ? find('problems', 'field.required') : null) },
  })
  const { busy, error, submit } = useSubmit(form, async ({ name }) => {
    // The starter letter comes with the draft, so that nobody meets an empty editor.
    const content = { subject: starterSubject(texts), html: starterHtml(texts, 'letter') }
    const made = await call(createCampaign, { body: { channel: 'email', name: name.trim(), content } })
    client.setQueryData(keyOf(getCampaign, { params: { id: made.id } }), made)
    void refresh(client, listCampaigns)
    await navigate({ to: stepPath(made.id, 'settings') })
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={{ name: t('campaigns.name') }} />
        <TextInput
          label={t('campaigns.name')}
          description={t('campaigns.name-hint')}
          maxLength={150}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('campaigns.create-draft')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The way into the wizard; nothing where the person may not write campaigns. */
export const NewCampaignButton = () => {
  const { t } = useTexts()
  const may = useMay()
  const [opened, { open, close }] = useDisclosure(false)
  if (!may('email.campaigns.edit')) return null
  return (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={open}>
        {t('campaigns.create')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('campaigns.create')}>
        <NameForm onClose={close} />
      </Modal>
    </>
  )
}
