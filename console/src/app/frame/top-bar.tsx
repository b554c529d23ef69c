import { ActionIcon, Kbd, Menu, UnstyledButton } from '@mantine/core'
import { IconHelpCircle, IconMenu2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import { useSession } from '../../lib/session.ts'
import { slots } from '../slots.ts'
import classes from './frame.module.css'
import { modKey } from './keys.ts'
import { UserMenu } from './user-menu.tsx'

type Props = { readonly onMenu: () => void; readonly onSearch: () => void; readonly onShortcuts: () => void }

const HelpMenu = ({ onShortcuts }: { readonly onShortcuts: () => void }) => {
  const { t } = useTexts()
  return (
    <Menu position="bottom-end" shadow="md" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('frame.help')}>
          <IconHelpCircle size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/api/docs">
          {t('frame.help-api')}
        </Menu.Item>
        <Menu.Item onClick={onShortcuts} rightSection={<Kbd size="xs">?</Kbd>}>
          {t('frame.help-shortcuts')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export const TopBar = ({ onMenu, onSearch, onShortcuts }: Props) => {
  const { t } = useTexts()
  const { account } = useSession()
  const { operations: Operations, guard: Guard } = slots
  return (
    <header className={classes.top}>
      <ActionIcon
        className={classes.onlyNarrow ?? ''}
        variant="subtle"
        color="gray"
        size={40}
        onClick={onMenu}
        aria-label={t('frame.menu-open')}
      >
        <IconMenu2 size={22} />
      </ActionIcon>
      <span className={classes.account}>{account.name}</span>
      <span className={classes.spacer} />
      <UnstyledButton className={`${classes.search} ${classes.onlyWide}`} onClick={onSearch}>
        <IconSearch size={16} aria-hidden />
        <span className={classes.searchWords}>{t('frame.search')}</span>
        <Kbd size="xs">{modKey} K</Kbd>
      </UnstyledButton>
      <ActionIcon
        className={classes.onlyNarrow ?? ''}
        variant="subtle"
        color="gray"
        size={36}
        onClick={onSearch}
        aria-label={t('frame.search')}
      >
        <IconSearch size={20} />
      </ActionIcon>
      {Operations === null ? null : <Operations />}
      {Guard === null ? null : <Guard />}
      <HelpMenu onShortcuts={onShortcuts} />
      <UserMenu />
    </header>
  )
}
