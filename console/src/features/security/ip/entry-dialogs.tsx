import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  changeIpEntry,
  deleteIpEntry,
  type IpEntry,
  type IpPolicy,
} from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { EntryFields, toChange, toLocal } from './entry-fields.tsx'
import { cutOffBy, useAfterChange } from './use-ip.ts'

type Props = {
  readonly entry: IpEntry
  readonly entries: readonly IpEntry[]
  readonly policy: IpPolicy
  readonly onClose: () => void
}

const ofPanel = (entries: readonly IpEntry[]): readonly IpEntry[] =>
  entries.filter((one) => one.target.type === 'account' && one.scopes.includes('panel'))

/** Whether some lock opens with this entry: the server asks for the word then. */
const opensWithout = ({ entry, entries, policy }: Omit<Props, 'onClose'>): boolean =>
  policy.state === 'enforce' &&
  entry.target.type === 'account' &&
  entry.scopes.some(
    (scope) =>
      !entries.some(
        (one) => one.id !== entry.id && one.target.type === 'account' && one.scopes.includes(scope),
      ),
  )

/** Names whom the deletion cuts off; the last entry goes only after the word has been typed. */
export const DeleteEntry = ({ entry, entries, policy, onClose }: Props) => {
  const { t } = useTexts()
  const after = useAfterChange()
  const opens = opensWithout({ entry, entries, policy })
  const left = ofPanel(entries).filter((one) => one.id !== entry.id)
  const applies = policy.state === 'enforce' && entry.scopes.includes('panel') && left.length > 0
  const cut = useQuery({
    queryKey: ['ip-cut-off', entry.id, policy.version],
    queryFn: () =>
      cutOffBy(
        left.map((one) => one.address),
        policy.current_address,
      ),
    enabled: applies,
  })
  const names = cut.data ?? []
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('networks.delete-title', { address: entry.address })}
      action={t('ui.delete')}
      losses={names.map((name) => t('networks.cut-off', { name }))}
      {...(opens ? { typed: 'OPEN' } : {})}
      onConfirm={async () => {
        await call(deleteIpEntry, {
          params: { id: entry.id },
          query: opens ? { confirm: 'open' } : {},
          ifMatch: policy.version,
        })
        await after('networks.deleted', { address: entry.address })
      }}
    >
      {t(
        opens ? 'networks.delete-opens' : names.length > 0 ? 'networks.delete-cuts' : 'networks.delete-text',
      )}
    </ConfirmDialog>
  )
}

export const EditEntry = ({ entry, policy, onClose }: Omit<Props, 'entries'>) => {
  const { t } = useTexts()
  const after = useAfterChange()
  const [draft, setDraft] = useState({
    address: entry.input,
    label: entry.label ?? '',
    scopes: entry.scopes as readonly string[],
    until: toLocal(entry.expires_at),
  })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const address = draft.address === entry.input ? {} : { address: draft.address }
      const body = { ...toChange(draft), ...address }
      await call(changeIpEntry, { params: { id: entry.id }, body, ifMatch: policy.version })
      await after('networks.changed', { address: draft.address })
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={t('networks.edit-title', { address: entry.address })}>
      <Stack component="form" onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('networks.field')}
          value={draft.address}
          onChange={(event) => setDraft({ ...draft, address: event.currentTarget.value })}
        />
        <EntryFields draft={draft} onChange={setDraft} personal={entry.target.type === 'user'} />
        <Text size="sm" c="dimmed">
          {t('networks.edit-text')}
        </Text>
        {error === null ? null : <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
