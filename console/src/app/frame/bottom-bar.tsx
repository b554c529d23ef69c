import { type Icon, IconActivity, IconAddressBook, IconHome, IconInbox, IconMail } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { entryOf, type MenuEntry, menu, places } from '../menu.ts'
import classes from './frame.module.css'

const icons: Readonly<Record<string, Icon>> = {
  '/': IconHome,
  '/email/campaigns': IconMail,
  '/contacts': IconAddressBook,
  '/simulator/mailbox': IconInbox,
  '/account/operations': IconActivity,
}

const entries: readonly MenuEntry[] = [
  { label: 'menu.home', to: '/' },
  ...menu.flatMap((section) => section.entries).filter((entry) => places.includes(entry.to)),
]

/** The most used places of a phone, under the thumb. */
export const BottomBar = () => {
  const { t } = useTexts()
  const may = useMay()
  const { pathname } = useLocation()
  const current = entryOf(pathname)?.entry.to ?? pathname
  return (
    <nav className={classes.bottom} aria-label={t('frame.places-label')}>
      {entries
        .filter(({ permission }) => permission === undefined || may(permission))
        .map((entry) => {
          const SectionIcon = icons[entry.to] ?? IconHome
          return (
            <Link
              key={entry.to}
              to={entry.to}
              className={classes.place}
              {...(current === entry.to ? { 'data-active': true, 'aria-current': 'page' as const } : {})}
            >
              <SectionIcon size={22} stroke={1.7} aria-hidden />
              <span>{t(entry.label)}</span>
            </Link>
          )
        })}
    </nav>
  )
}
