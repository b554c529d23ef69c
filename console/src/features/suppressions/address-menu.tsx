import { ActionIcon, Menu, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  deleteSuppression,
  listSuppressions,
  type Suppression,
} from '../../../../src/contacts/suppressions/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { RequestDialog } from './request-dialog.tsx'

const lasting: ReadonlySet<string> = new Set(['complained', 'unsubscribed', 'erased'])
const bounced: ReadonlySet<string> = new Set(['hard_bounced', 'soft_bounced_repeatedly', 'invalid_address'])
const reasonCharsMin = 3

type EntryProps = { readonly entry: Suppression; readonly name: string }

const RemoveDialog = ({
  entry,
  name,
  opened,
  onClose,
}: EntryProps & { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const remove = async () => {
    await call(deleteSuppression, { params: { id: entry.id }, query: { reason: reason.trim() } })
    await refresh(client, listSuppressions)
    notifications.show({ color: 'green', message: t('suppressions.removed') })
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('suppressions.remove-title', { address: name })}
      action={t('suppressions.remove')}
      danger={false}
      disabled={reason.trim().length < reasonCharsMin}
      onConfirm={remove}
    >
      <Text size="sm" mb="md">
        {t('suppressions.remove-text')}
      </Text>
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

type Props = { readonly entry: Suppression; readonly manages: boolean }

/** What can be done about one entry; what only the person can lift says so. */
export const AddressMenu = ({ entry, manages }: Props) => {
  const { t } = useTexts()
  const [removing, setRemoving] = useState(false)
  const [asking, setAsking] = useState(false)
  if (!manages) return null
  const name = entry.address ?? t('suppressions.hidden')
  const isLasting = lasting.has(entry.reason)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('suppressions.more', { address: name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown maw={320}>
          {bounced.has(entry.reason) ? (
            <Menu.Item onClick={() => setAsking(true)}>{t('suppressions.ask')}</Menu.Item>
          ) : null}
          <Menu.Item onClick={() => setRemoving(true)} disabled={isLasting}>
            {t('suppressions.remove')}
          </Menu.Item>
          {isLasting ? <Menu.Label>{t('suppressions.remove-lasting')}</Menu.Label> : null}
        </Menu.Dropdown>
      </Menu>
      <RemoveDialog entry={entry} name={name} opened={removing} onClose={() => setRemoving(false)} />
      <RequestDialog opened={asking} address={entry.address ?? ''} onClose={() => setAsking(false)} />
    </>
  )
}
