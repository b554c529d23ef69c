import { Button } from '@mantine/core'
import { IconTrash, IconUsersMinus, IconUsersPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { OneGroupPicker } from '../groups/index.ts'
import { type BulkAction, type BulkTarget, useBulk } from './use-bulk.ts'

type DialogProps = {
  readonly target: BulkTarget
  readonly action: BulkAction | null
  readonly onClose: () => void
  readonly clear: () => void
}

const typedFrom = 100

const DeleteDialog = ({ target, action, onClose, clear }: DialogProps) => {
  const { t } = useTexts()
  const run = useBulk(target)
  return (
    <ConfirmDialog
      opened={action === 'delete'}
      onClose={onClose}
      title={t('contacts.bulk-delete-title', { count: target.count })}
      losses={[
        t('contacts.loss-contacts', { count: target.count }),
        t('contacts.loss-memberships'),
        t('contacts.loss-events'),
      ]}
      action={t('contacts.bulk-delete-action', { count: target.count })}
      {...(target.count > typedFrom ? { typed: String(target.count) } : {})}
      onConfirm={() => run('delete', null).then(clear)}
    >
      {t('contacts.delete-text')}
    </ConfirmDialog>
  )
}

const GroupDialog = ({ target, action, onClose, clear }: DialogProps) => {
  const { t } = useTexts()
  const run = useBulk(target)
  const [group, setGroup] = useState<string | null>(null)
  const adds = action !== 'group_remove'
  return (
    <ConfirmDialog
      opened={action === 'group_add' || action === 'group_remove'}
      onClose={onClose}
      danger={false}
      title={t(adds ? 'contacts.bulk-add-title' : 'contacts.bulk-remove-title', { count: target.count })}
      action={t(adds ? 'contacts.bulk-add' : 'contacts.bulk-remove')}
      disabled={group === null}
      onConfirm={() => run(adds ? 'group_add' : 'group_remove', group).then(clear)}
    >
      <OneGroupPicker
        label={t('contacts.group')}
        value={group}
        onChange={setGroup}
        required
        {...(adds ? { description: t('contacts.bulk-add-hint') } : {})}
      />
    </ConfirmDialog>
  )
}

/** What can be done with the ticked contacts; every dialogue names their exact number first. */
export const ContactBulk = ({ clear, ...target }: BulkTarget & { readonly clear: () => void }) => {
  const { t } = useTexts()
  const may = useMay()
  const [action, setAction] = useState<BulkAction | null>(null)
  const shared = { target, action, onClose: () => setAction(null), clear }
  return (
    <>
      {may('contacts.groups.edit') ? (
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUsersPlus size={14} />}
            onClick={() => setAction('group_add')}
          >
            {t('contacts.bulk-add')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUsersMinus size={14} />}
            onClick={() => setAction('group_remove')}
          >
            {t('contacts.bulk-remove')}
          </Button>
        </>
      ) : null}
      {may('contacts.delete') ? (
        <Button
          size="xs"
          variant="light"
          color="red"
          leftSection={<IconTrash size={14} />}
          onClick={() => setAction('delete')}
        >
          {t('ui.delete')}
        </Button>
      ) : null}
      <GroupDialog {...shared} />
      <DeleteDialog {...shared} />
    </>
  )
}
