import { ActionIcon, Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconArchive,
  IconArchiveOff,
  IconDots,
  IconPencil,
  IconTrash,
  IconUserPlus,
} from '@tabler/icons-react'
import type { Group } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { AddMembersDialog } from './add-members-dialog.tsx'
import { ArchiveDialog, DeleteDialog, RestoreDialog } from './group-dialogs.tsx'
import { GroupDrawer } from './group-drawer.tsx'

const useDialogs = () => {
  const [add, adding] = useDisclosure(false)
  const [edit, editing] = useDisclosure(false)
  const [archive, archiving] = useDisclosure(false)
  const [restore, restoring] = useDisclosure(false)
  const [remove, removing] = useDisclosure(false)
  return { add, adding, edit, editing, archive, archiving, restore, restoring, remove, removing }
}
type Dialogs = ReturnType<typeof useDialogs>

type Props = { readonly group: Group }

const MoreMenu = ({ group, dialogs }: Props & { readonly dialogs: Dialogs }) => {
  const { t } = useTexts()
  const may = useMay()
  const active = group.state === 'active'
  const deletable = !active || group.member_count === 0
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may('contacts.groups.edit') ? (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={dialogs.editing.open}>
            {t('ui.edit')}
          </Menu.Item>
        ) : null}
        {may('contacts.groups.archive') && active ? (
          <Menu.Item leftSection={<IconArchive size={16} />} onClick={dialogs.archiving.open}>
            {t('groups.archive')}
          </Menu.Item>
        ) : null}
        {may('contacts.groups.delete') ? (
          <>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              disabled={!deletable}
              onClick={dialogs.removing.open}
            >
              {t('ui.delete')}
            </Menu.Item>
            {deletable ? null : <Menu.Label>{t('groups.delete-hint')}</Menu.Label>}
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The buttons of a group's page with everything they open. */
export const GroupActions = ({ group }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const dialogs = useDialogs()
  const active = group.state === 'active'
  return (
    <>
      <MoreMenu group={group} dialogs={dialogs} />
      {active && may('contacts.groups.edit') ? (
        <Button leftSection={<IconUserPlus size={16} />} onClick={dialogs.adding.open}>
          {t('groups.add-members')}
        </Button>
      ) : null}
      {!active && may('contacts.groups.archive') ? (
        <Button leftSection={<IconArchiveOff size={16} />} onClick={dialogs.restoring.open}>
          {t('groups.restore')}
        </Button>
      ) : null}
      <AddMembersDialog group={group} opened={dialogs.add} onClose={dialogs.adding.close} />
      <GroupDrawer group={group} opened={dialogs.edit} onClose={dialogs.editing.close} />
      <ArchiveDialog group={group} opened={dialogs.archive} onClose={dialogs.archiving.close} />
      <RestoreDialog group={group} opened={dialogs.restore} onClose={dialogs.restoring.close} />
      <DeleteDialog group={group} opened={dialogs.remove} onClose={dialogs.removing.close} />
    </>
  )
}
