import { Checkbox, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Group } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { isProblem } from '../../lib/problem.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { ErrorState, problemTitle } from '../../ui/error-state.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { useGroupActs } from './use-group-act.ts'

type Props = { readonly group: Group; readonly opened: boolean; readonly onClose: () => void }

export const ArchiveDialog = (props: Props) => {
  const { t } = useTexts()
  const { archive } = useGroupActs(props.group)
  return (
    <ConfirmDialog
      {...props}
      danger={false}
      title={t('groups.archive-title', { name: props.group.name })}
      action={t('groups.archive')}
      onConfirm={archive}
    >
      {t('groups.archive-text', { count: props.group.member_count })}
    </ConfirmDialog>
  )
}

const RestoreForm = ({ group, onClose }: Props) => {
  const texts = useTexts()
  const { t } = texts
  const { restore } = useGroupActs(group)
  const [name, setName] = useState(group.name)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await restore(name)
      onClose()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  const taken = isProblem(error, 'name_taken')
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Text size="sm">{t('groups.restore-text', { count: group.member_count })}</Text>
        {error === null || taken ? null : <ErrorState error={error} />}
        <TextInput
          label={t('groups.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={150}
          required
          error={taken ? problemTitle(error, texts) : null}
          data-autofocus
        />
        <FormFoot action={t('groups.restore')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

export const RestoreDialog = (props: Props) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('groups.restore-title', { name: props.group.name })}
    >
      <RestoreForm {...props} />
    </Modal>
  )
}

export const DeleteDialog = (props: Props) => {
  const { t } = useTexts()
  const { group } = props
  const { remove } = useGroupActs(group)
  const [withContacts, setWithContacts] = useState(false)
  return (
    <ConfirmDialog
      {...props}
      title={t('groups.delete-title', { name: group.name })}
      losses={[
        t('groups.loss-group'),
        ...(group.member_count > 0 ? [t('groups.loss-members', { count: group.member_count })] : []),
        ...(withContacts ? [t('groups.loss-contacts')] : []),
      ]}
      action={t('ui.delete')}
      {...(group.member_count > 0 || withContacts ? { typed: group.name } : {})}
      onConfirm={() => remove(withContacts)}
    >
      <Text size="sm">{t('groups.delete-text')}</Text>
      {group.member_count > 0 ? (
        <Checkbox
          mt="md"
          label={t('groups.delete-contacts')}
          description={t('groups.delete-contacts-hint')}
          checked={withContacts}
          onChange={(event) => setWithContacts(event.currentTarget.checked)}
        />
      ) : null}
    </ConfirmDialog>
  )
}
