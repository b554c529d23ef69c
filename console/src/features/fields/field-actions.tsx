import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArchive, IconArchiveOff, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeField,
  deleteField,
  type Field,
  getFieldUsage,
  listFields,
} from '../../../../src/contacts/fields/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call, callWithEtag } from '../../lib/call.ts'
import { read, refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { problemTitle } from '../../ui/error-state.tsx'
import { fieldLabel } from './field-label.ts'

const useArchive = (field: Field) => {
  const texts = useTexts()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      call(changeField, { params: { name: field.name }, body: { archived: field.archived_at === null } }),
    onSuccess: () => {
      const done = field.archived_at === null ? 'fields.archived' : 'fields.restored'
      notifications.show({ color: 'green', message: texts.t(done) })
      return refresh(client, listFields)
    },
    onError: (error) => notifications.show({ color: 'red', message: problemTitle(error, texts) }),
  })
}

type DialogProps = { readonly field: Field; readonly opened: boolean; readonly onClose: () => void }

const DeleteDialog = ({ field, opened, onClose }: DialogProps) => {
  const { t, language } = useTexts()
  const client = useQueryClient()
  const label = fieldLabel(field, language)
  const { data: usage } = useQuery({
    ...read(getFieldUsage, { params: { name: field.name } }),
    enabled: opened,
  })
  const remove = async () => {
    const { status } = await callWithEtag(deleteField, {
      params: { name: field.name },
      ifMatch: field.version,
    })
    const message = t(status === 202 ? 'fields.deleting' : 'fields.deleted', { label })
    notifications.show({ color: 'green', message })
    await refresh(client, listFields)
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('fields.delete-title', { label })}
      losses={usage === undefined ? [] : [t('fields.delete-loss', { count: usage.filled })]}
      action={t('ui.delete')}
      typed={field.name}
      onConfirm={remove}
    >
      {t('fields.delete-text')}
    </ConfirmDialog>
  )
}

type Props = { readonly field: Field; readonly onEdit: () => void }

export const FieldActions = ({ field, onEdit }: Props) => {
  const { t, language } = useTexts()
  const may = useMay()
  const archive = useArchive(field)
  const [deleting, setDeleting] = useState(false)
  if (!may('contacts.fields.edit') && !may('contacts.fields.delete')) return null
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={200}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            loading={archive.isPending}
            aria-label={t('fields.actions-of', { label: fieldLabel(field, language) })}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may('contacts.fields.edit') ? (
            <>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
                {t('ui.edit')}
              </Menu.Item>
              <Menu.Item
                leftSection={
                  field.archived_at === null ? <IconArchive size={16} /> : <IconArchiveOff size={16} />
                }
                onClick={() => archive.mutate()}
              >
                {t(field.archived_at === null ? 'fields.archive' : 'fields.restore')}
              </Menu.Item>
            </>
          ) : null}
          {may('contacts.fields.delete') ? (
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
              {t('ui.delete')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <DeleteDialog field={field} opened={deleting} onClose={() => setDeleting(false)} />
    </>
  )
}
