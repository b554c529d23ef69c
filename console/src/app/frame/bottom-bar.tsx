import { type Icon, IconActivity, IconAddressBook, IconHome, IconInbox, IconMail } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import { entryOf, type MenuEntry, places } from '../menu.ts'
import classes from './frame.module.css'
import { useVisibleMenu } from './visible-menu.ts'

const icons: Readonly<Record<string, Icon>> = {
  '/': IconHome,
  '/email/campaigns': IconMail,
  '/contacts': IconAddressBook,
  '/simulator/mailbox': IconInbox,
  '/account/operations': IconActivity,
}

/** The most used places of a phone, under the thumb. */
export const BottomBar = () => {
  const { t } = useTexts()
  const entries: MenuEntry[] = useVisibleMenu().flatMap((section) =>
    section.to === undefined ? [...section.entries] : [{ label: section.label, to: section.to }],
  )
  const { pathname } = useLocation()
  const current = entryOf(pathname)?.entry.to ?? pathname
  return (
    <nav className={classes.bottom} aria-label={t('frame.places-label')}>
      {entries
        .filter(({ to }) => places.includes(to))
        .map((entry) => {
          const SectionIcon = icons[entry.to] ?? IconHome
          return (
            <Link
              key={entry.to}
              to={entry.to}
              activeOptions={{ exact: true }}
              className={classes.place}
              {...(current === entry.to ? { 'data-active': true, 'aria-current': 'page' as const } : {})}
            >
              <SectionIcon size={22} stroke={1.7} aria-hidden />
              <span>{t(entry.short ?? entry.label)}</span>
            </Link>
          )
        })}
    </nav>
  )
}
