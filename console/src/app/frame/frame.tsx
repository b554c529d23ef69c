import { Alert, Anchor, Drawer } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { IconShieldExclamation } from '@tabler/icons-react'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { openEvents } from '../../lib/events.ts'
import { useSession } from '../../lib/session.ts'
import { useShortcut } from '../../lib/shortcuts.ts'
import { Logo } from '../../ui/logo.tsx'
import { BottomBar } from './bottom-bar.tsx'
import classes from './frame.module.css'
import { HeldBanner } from './held-banner.tsx'
import { ImpersonationBanner } from './impersonation-banner.tsx'
import { LimitedBanner } from './limited-banner.tsx'
import { Navigation } from './navigation.tsx'
import { useOwnSettings } from './own-settings.ts'
import { usePlaceShortcuts } from './place-shortcuts.ts'
import { SearchPalette } from './search-palette.tsx'
import { ShortcutList } from './shortcut-list.tsx'
import { TopBar } from './top-bar.tsx'

const StaffBanner = () => {
  const { t } = useTexts()
  return (
    <Alert
      color="yellow"
      radius={0}
      icon={<IconShieldExclamation size={20} />}
      className={classes.banner ?? ''}
    >
      {t('frame.staff-banner')}{' '}
      <Anchor component={Link} to="/profile/sign-in" size="sm">
        {t('frame.limited-go')}
      </Anchor>
    </Alert>
  )
}

/** Everything around a page for a signed-in person. */
export const Frame = () => {
  const { t } = useTexts()
  const { account, amr } = useSession()
  const strong = amr.some((method) => method === 'totp' || method === 'passkey')
  const { pathname } = useLocation()
  const [narrow, setNarrow] = useLocalStorage({
    key: 'campanile-menu-narrow',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const [drawer, drawerIs] = useDisclosure(false)
  const [palette, paletteIs] = useDisclosure(false)
  const [shortcuts, shortcutsAre] = useDisclosure(false)
  useOwnSettings()
  useEffect(openEvents, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the place changes.
  useEffect(drawerIs.close, [pathname])
  useShortcut(['mod', 'k'], 'frame.shortcut-search', paletteIs.toggle)
  useShortcut(['?'], 'frame.shortcut-help', shortcutsAre.open)
  useShortcut(['['], 'frame.shortcut-menu', () => setNarrow(!narrow))
  usePlaceShortcuts()
  return (
    <div className={classes.frame} data-narrow={narrow}>
      <a href="#content" className={classes.skip}>
        {t('frame.skip-to-content')}
      </a>
      <aside className={classes.side}>
        <Navigation narrow={narrow} onToggle={() => setNarrow(!narrow)} />
      </aside>
      <div className={classes.main}>
        <TopBar onMenu={drawerIs.open} onSearch={paletteIs.open} onShortcuts={shortcutsAre.open} />
        {account.kind === 'operator' && !strong ? <StaffBanner /> : null}
        <HeldBanner />
        <LimitedBanner />
        <ImpersonationBanner />
        <main id="content" tabIndex={-1} className={classes.content}>
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <Drawer
        opened={drawer}
        onClose={drawerIs.close}
        size={288}
        padding="sm"
        title={<Logo />}
        closeButtonProps={{ 'aria-label': t('frame.menu-close') }}
      >
        <Navigation narrow={false} inDrawer />
      </Drawer>
      <SearchPalette opened={palette} onClose={paletteIs.close} />
      <ShortcutList opened={shortcuts} onClose={shortcutsAre.close} />
    </div>
  )
}
