import { Alert, Anchor, Button, Collapse, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import {
  createSenderDomain,
  listHostingGuides,
  listSenderDomains,
} from '../../../../src/sender-domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { isProblem } from '../../lib/problem.ts'
import { read, refresh } from '../../lib/queries.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { domainPath } from './domain-path.ts'
import { SettingsFields } from './settings-fields.tsx'
import { freshSettings, type SettingsValues, toSettings } from './settings-values.ts'
import { TakenProof } from './taken-proof.tsx'

type Values = SettingsValues & { domain: string; dkim_selector: string }

const useAddForm = (onClose: () => void) => {
  const { find } = useTexts()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<Values>({
    initialValues: { domain: '', dkim_selector: '', ...freshSettings },
    validate: { domain: (value) => (value.trim() === '' ? find('problems', 'field.required') : null) },
  })
  const submitting = useSubmit(
    form,
    async (values) => {
      const selector = values.dkim_selector.trim()
      const made = await call(createSenderDomain, {
        body: {
          domain: values.domain.trim(),
          ...(selector === '' ? {} : { dkim_selector: selector }),
          ...toSettings(values),
        },
      })
      await refresh(client, listSenderDomains)
      onClose()
      await navigate({ to: domainPath(made.id) })
    },
    {
      codes: {
        invalid_domain: 'domain',
        public_domain_refused: 'domain',
        duplicate: 'domain',
        invalid_selector: 'dkim_selector',
      },
    },
  )
  return { form, ...submitting }
}

const AddDomain = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useAddForm(onClose)
  const [more, setMore] = useState(false)
  const { data } = useQuery(read(listHostingGuides))
  const taken = isProblem(error, 'domain_taken') ? error : null
  const labels = { domain: t('sender-domains.domain'), dkim_selector: t('sender-domains.selector') }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {taken === null ? (
          <FormProblems form={form} error={error} labels={labels} />
        ) : (
          <TakenProof problem={taken} />
        )}
        <TextInput
          label={labels.domain}
          description={t('sender-domains.domain-hint')}
          placeholder="news.example.com"
          maxLength={253}
          required
          data-autofocus
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('domain')}
        />
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="left"
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          {t(more ? 'sender-domains.less' : 'sender-domains.more')}
        </Anchor>
        <Collapse expanded={more}>
          <Stack gap="md">
            <SettingsFields form={form} serviceDomain={data?.service_domain ?? null} />
            <TextInput
              label={labels.dkim_selector}
              description={t('sender-domains.selector-hint')}
              maxLength={7}
              autoCapitalize="none"
              spellCheck={false}
              {...form.getInputProps('dkim_selector')}
            />
          </Stack>
        </Collapse>
        <Alert color="indigo" variant="light">
          {t('sender-domains.add-text')}
        </Alert>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t(taken === null ? 'sender-domains.generate' : 'sender-domains.try-again')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export const AddDomainDialog = (props: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTexts()
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('sender-domains.add-title')} size="lg">
      <AddDomain onClose={props.onClose} />
    </Modal>
  )
}
