import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconShieldCheck, IconUser, IconUsers } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BodyOf } from '../../../../src/http/contract.ts'
import { changeMe, getMe } from '../../../../src/security/contract.ts'
import { isLanguage, languageNames, languages } from '../../i18n/catalogue.ts'
import { useTongue } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf } from '../../lib/queries.ts'
import { useMay, useSession, useSignOut } from '../../lib/session.ts'

const themes = ['light', 'dark', 'auto'] as const

/** A choice acts at once; the profile follows, so that it holds on every machine. */
const useKeepOnProfile = () => {
  const client = useQueryClient()
  return (body: BodyOf<typeof changeMe>) => {
    void call(changeMe, { body })
      .then((me) => client.setQueryData(keyOf(getMe), me))
      .catch(() => undefined)
  }
}

const Choices = () => {
  const { t, language, setLanguage } = useTongue()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const keep = useKeepOnProfile()
  const chooseTheme = (wanted: string | null) => {
    const theme = themes.find((one) => one === wanted)
    if (theme === undefined) return
    setColorScheme(theme)
    keep({ theme })
  }
  const chooseLanguage = (wanted: string | null) => {
    if (!isLanguage(wanted)) return
    setLanguage(wanted)
    keep({ language: wanted })
  }
  return (
    <>
      <Menu.Label>{t('frame.theme')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={chooseTheme}>
        {themes.map((theme) => (
          <Menu.RadioItem key={theme} value={theme}>
            {t(`frame.theme-${theme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Label>{t('frame.language')}</Menu.Label>
      <Menu.RadioGroup value={language} onChange={chooseLanguage}>
        {languages.map((one) => (
          <Menu.RadioItem key={one} value={one} lang={one}>
            {languageNames[one]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

/** A short cut to the people of the account, for those who may see them. */
const Administration = () => {
  const { t } = useTongue()
  const may = useMay()
  const pages = [
    { to: '/account/users', label: t('menu.users'), icon: IconUsers, shown: may('account.users.view') },
    { to: '/account/roles', label: t('menu.roles'), icon: IconShieldCheck, shown: may('account.roles.view') },
  ].filter((page) => page.shown)
  if (pages.length === 0) return null
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('frame.administration')}</Menu.Label>
      {pages.map(({ to, label, icon: Sign }) => (
        <Menu.Item key={to} component={Link} to={to} leftSection={<Sign size={16} />}>
          {label}
        </Menu.Item>
      ))}
    </>
  )
}

export const UserMenu = () => {
  const { t } = useTongue()
  const { user } = useSession()
  const signOut = useSignOut()
  const name = `${user.first_name} ${user.last_name}`.trim()
  return (
    <Menu position="bottom-end" shadow="md" width={256}>
      <Menu.Target>
        <UnstyledButton aria-label={t('frame.user-menu')} bdrs="xl">
          <Avatar name={name} color="bronze" radius="xl" size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {name}
          </Text>
          <Text size="xs" truncate>
            {t('frame.signed-in-as', { login: user.login })}
          </Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={16} />}>
          {t('frame.profile')}
        </Menu.Item>
        <Administration />
        <Menu.Divider />
        <Choices />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('frame.sign-out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
