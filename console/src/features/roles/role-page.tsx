import { Alert, Badge, Button, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { deleteRole, getRole, listRoles, type Role } from '../../../../src/security/roles/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { read, refresh } from '../../lib/queries.ts'
import { useParam } from '../../lib/route.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { roleName } from '../users/index.ts'
import { RoleDialog } from './role-dialog.tsx'
import { RoleNetworksTab } from './role-networks-tab.tsx'
import { RolePeopleTab } from './role-people-tab.tsx'
import { RoleRightsTab } from './role-rights-tab.tsx'

type RoleProps = { readonly role: Role }

const DeleteRole = ({ role }: RoleProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [opened, dialog] = useDisclosure(false)
  const remove = async () => {
    await call(deleteRole, { params: { id: role.id } })
    await navigate({ to: '/account/roles' })
    await refresh(client, listRoles)
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} />}
        onClick={dialog.open}
        disabled={role.users > 0}
        title={role.users > 0 ? t('roles.in-use') : undefined}
      >
        {t('roles.delete')}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('roles.delete-title', { name: role.name })}
        action={t('roles.delete')}
        onConfirm={remove}
      >
        {t('roles.delete-text')}
      </ConfirmDialog>
    </>
  )
}

const Actions = ({ role }: RoleProps) => {
  const texts = useTexts()
  const { t } = texts
  const session = useSession()
  const [opened, dialog] = useDisclosure(false)
  const held = role.permissions.filter((key) => session.permissions.includes(key))
  return (
    <>
      {role.built_in ? null : <DeleteRole role={role} />}
      <Button variant="default" leftSection={<IconCopy size={16} />} onClick={dialog.open}>
        {t('roles.copy')}
      </Button>
      <RoleDialog
        opened={opened}
        onClose={dialog.close}
        name={t('roles.copy-name', { name: roleName(role, texts) })}
        permissions={held}
      />
    </>
  )
}

const Notes = ({ role }: RoleProps) => {
  const { t } = useTexts()
  const session = useSession()
  if (role.built_in) return <Alert color="gray">{t('roles.built-in-note')}</Alert>
  const mine = session.roles.some((one) => one.id === role.id)
  return mine ? <Alert color="indigo">{t('roles.mine-note')}</Alert> : null
}

const Content = ({ role, tab: Tab }: RoleProps & { readonly tab: ComponentType<RoleProps> }) => {
  const texts = useTexts()
  const { t, find } = texts
  const may = useMay()
  const base = `/account/roles/${role.id}`
  const name = roleName(role, texts)
  const tabs = [
    { to: base, label: t('roles.tab-rights') },
    ...(may('account.users.view') ? [{ to: `${base}/people`, label: t('roles.tab-people') }] : []),
    ...(may('account.security.view') ? [{ to: `${base}/networks`, label: t('roles.tab-networks') }] : []),
  ]
  return (
    <Page
      title={name}
      {...(role.key === null ? {} : { purpose: find('roles', `about-${role.key}`) })}
      badge={
        <Badge variant="light" color="gray" tt="none" radius="sm">
          {t(role.built_in ? 'roles.built-in' : 'roles.own')}
        </Badge>
      }
      action={may('account.roles.manage') ? <Actions role={role} /> : null}
      crumbs={[{ label: name }]}
    >
      <PageTabs label={t('roles.tabs')} tabs={tabs} />
      <Stack gap="md">
        <Notes role={role} />
        <Tab role={role} />
      </Stack>
    </Page>
  )
}

const pageOf = (tab: ComponentType<RoleProps>) => () => {
  const { t } = useTexts()
  const id = useParam('id')
  const { data: role, error, refetch } = useQuery(read(getRole, { params: { id } }))
  if (role !== undefined) return <Content key={role.id} role={role} tab={tab} />
  return (
    <Page title={t('roles.title')}>
      {error === null ? <CardSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}

export const RoleRightsPage = pageOf(RoleRightsTab)
export const RolePeoplePage = pageOf(RolePeopleTab)
export const RoleNetworksPage = pageOf(RoleNetworksTab)
