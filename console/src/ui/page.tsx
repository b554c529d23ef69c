import { Anchor, Group, Title } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { entryOf } from '../app/menu.ts'
import { useTexts } from '../i18n/texts.tsx'
import classes from './page.module.css'

type Crumb = { readonly label: string; readonly to?: string }

type Props = {
  readonly title: string
  /** One sentence, only where the purpose is not obvious. */
  readonly purpose?: ReactNode
  /** The one primary action, and quiet ones before it. */
  readonly action?: ReactNode
  /** Beside the title: a status badge. */
  readonly badge?: ReactNode
  /** The page lies below the menu entry: `[{ label: 'Spring sale' }]`; shown with the levels above. */
  readonly crumbs?: readonly Crumb[]
  readonly children: ReactNode
}

/** Section › group › entry › own crumbs, from the menu and the address. */
const useTrail = (own: readonly Crumb[]): readonly Crumb[] => {
  const { t } = useTexts()
  const { pathname } = useLocation()
  const found = entryOf(pathname)
  if (found === null) return own
  const { section, entry } = found
  const here: Crumb =
    pathname === entry.to ? { label: t(entry.label) } : { label: t(entry.label), to: entry.to }
  return [{ label: t(section.label) }, ...(entry.trail ?? []).map((key) => ({ label: t(key) })), here, ...own]
}

const crumbsFromLevel = 3

const Breadcrumbs = ({ crumbs }: { readonly crumbs: readonly Crumb[] }) => {
  const { t } = useTexts()
  if (crumbs.length < crumbsFromLevel) return null
  return (
    <nav aria-label={t('frame.breadcrumbs')}>
      <ol className={classes.trail}>
        {crumbs.map(({ label, to }, level) => (
          <li key={`${to ?? ''} ${label}`} aria-current={level === crumbs.length - 1 ? 'page' : undefined}>
            {to === undefined ? (
              label
            ) : (
              <Anchor component={Link} to={to} size="sm">
                {label}
              </Anchor>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Every page of the frame: title, purpose, one action, content. */
export const Page = ({ title, purpose, action, badge, crumbs = [], children }: Props) => {
  const trail = useTrail(crumbs)
  useEffect(() => {
    document.title = `${title} · Campanile`
  }, [title])
  return (
    <div className={classes.page}>
      <Breadcrumbs crumbs={trail} />
      <header className={classes.head}>
        <div className={classes.words}>
          <Group gap="sm">
            <Title order={1} className={classes.title}>
              {title}
            </Title>
            {badge}
          </Group>
          {purpose === undefined ? null : <p className={classes.purpose}>{purpose}</p>}
        </div>
        {action === undefined ? null : <Group gap="sm">{action}</Group>}
      </header>
      {children}
    </div>
  )
}
