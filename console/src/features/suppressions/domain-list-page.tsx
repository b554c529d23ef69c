import { ActionIcon, Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  addSuppressionDomain,
  deleteSuppressionDomain,
  listSuppressionDomains,
  type SuppressionDomain,
} from '../../../../src/contacts/suppressions/domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh, usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { SilentBell } from '../../ui/illustrations.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { SuppressionFrame } from './suppression-frame.tsx'

const DomainForm = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues: { domain: '', with_subdomains: false } })
  const codes = { invalid_domain: 'domain', duplicate: 'domain' } as const
  const { busy, error, submit } = useSubmit(
    form,
    async (body) => {
      await call(addSuppressionDomain, { body })
      await refresh(client, listSuppressionDomains)
      notifications.show({ color: 'green', message: t('suppressions.domain-added') })
      onClose()
    },
    { codes },
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={{ domain: t('suppressions.domain') }} />
        <TextInput
          label={t('suppressions.domain')}
          description={t('suppressions.domain-hint')}
          required
          data-autofocus
          maxLength={255}
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('domain')}
        />
        <Checkbox
          label={t('suppressions.with-subdomains')}
          description={t('suppressions.with-subdomains-hint')}
          {...form.getInputProps('with_subdomains', { type: 'checkbox' })}
        />
        <FormFoot action={t('suppressions.domain-add')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

const RemoveDialog = ({
  row,
  onClose,
}: {
  readonly row: SuppressionDomain | null
  readonly onClose: () => void
}) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const remove = async () => {
    if (row === null) return
    await call(deleteSuppressionDomain, { params: { id: row.id }, query: { reason: reason.trim() } })
    await refresh(client, listSuppressionDomains)
    notifications.show({ color: 'green', message: t('suppressions.removed') })
  }
  return (
    <ConfirmDialog
      opened={row !== null}
      onClose={onClose}
      title={t('suppressions.domain-remove-title', { domain: row?.domain ?? '' })}
      action={t('suppressions.remove')}
      danger={false}
      disabled={reason.trim().length < 3}
      onConfirm={remove}
    >
      <TextInput
        label={t('suppressions.remove-reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={250}
        required
        data-autofocus
      />
    </ConfirmDialog>
  )
}

const useColumns = (
  onRemove: ((row: SuppressionDomain) => void) | null,
): readonly Column<SuppressionDomain>[] => {
  const { t } = useTexts()
  return [
    { id: 'domain', header: t('suppressions.domain'), fixed: true, cell: (row) => row.domain },
    {
      id: 'reach',
      header: t('suppressions.reach'),
      cell: (row) => t(row.with_subdomains ? 'suppressions.below' : 'suppressions.exact'),
    },
    { id: 'comment', header: t('suppressions.comment'), wide: true, cell: (row) => row.comment ?? '–' },
    { id: 'since', header: t('suppressions.since'), wide: true, cell: (row) => <Time at={row.created_at} /> },
    {
      id: 'remove',
      header: '',
      fixed: true,
      align: 'end',
      cell: (row) =>
        onRemove === null ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('suppressions.domain-remove-title', { domain: row.domain })}
            onClick={() => onRemove(row)}
          >
            <IconTrash size={18} />
          </ActionIcon>
        ),
    },
  ]
}

export const DomainListPage = () => {
  const { t } = useTexts()
  const manages = useMay()('suppressions.manage')
  const pages = usePages(listSuppressionDomains)
  const [adding, setAdding] = useState(false)
  const [removed, setRemoved] = useState<SuppressionDomain | null>(null)
  const add = manages ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('suppressions.domain-add')}
    </Button>
  ) : null
  return (
    <SuppressionFrame action={add}>
      <DataTable
        id="suppression-domains"
        label={t('suppressions.tab-domains')}
        columns={useColumns(manages ? setRemoved : null)}
        pages={pages}
        rowKey={(row) => row.id}
        empty={
          <EmptyState art={<SilentBell />} title={t('suppressions.domains-empty')} action={add}>
            {t('suppressions.domains-empty-text')}
          </EmptyState>
        }
      />
      <Modal opened={adding} onClose={() => setAdding(false)} title={t('suppressions.domain-add')}>
        <DomainForm onClose={() => setAdding(false)} />
      </Modal>
      <RemoveDialog key={removed?.id ?? ''} row={removed} onClose={() => setRemoved(null)} />
    </SuppressionFrame>
  )
}
