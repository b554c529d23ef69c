import { ActionIcon, Menu, ScrollArea, Tooltip, UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import { Logo } from '../../ui/logo.tsx'
import { entryOf, type MenuEntry, type MenuSection } from '../menu.ts'
import classes from './navigation.module.css'
import { useVisibleMenu } from './visible-menu.ts'

/** The router would also mark `/contacts` on `/contacts/groups`; the menu decides that itself. */
const exactly = { exact: true }
const active = (on: boolean) => (on ? { 'data-active': true, 'aria-current': 'page' as const } : {})

const EntryLink = ({ entry, current }: { readonly entry: MenuEntry; readonly current: string | null }) => {
  const { t } = useTexts()
  return (
    <Link className={classes.entry} activeOptions={exactly} to={entry.to} {...active(entry.to === current)}>
      {t(entry.label)}
    </Link>
  )
}

type SectionProps = { readonly section: MenuSection; readonly current: string | null; readonly here: boolean }

const WideSection = ({ section, current, here }: SectionProps) => {
  const { t } = useTexts()
  const SectionIcon = section.icon
  const head = (
    <>
      <SectionIcon size={19} stroke={1.7} aria-hidden />
      {t(section.label)}
    </>
  )
  if (section.to !== undefined) {
    return (
      <li>
        <Link
          className={`${classes.section} ${classes.link}`}
          activeOptions={exactly}
          to={section.to}
          {...active(here)}
        >
          {head}
        </Link>
      </li>
    )
  }
  return (
    <li>
      <div className={classes.section}>{head}</div>
      <ul className={classes.entries}>
        {section.entries.map((entry) => (
          <li key={entry.to}>
            <EntryLink entry={entry} current={current} />
          </li>
        ))}
      </ul>
    </li>
  )
}

const FlyOut = ({ section, current, here }: SectionProps) => {
  const { t } = useTexts()
  const SectionIcon = section.icon
  return (
    <Menu position="right-start" trigger="click-hover" shadow="md" width={220} openDelay={60}>
      <Menu.Target>
        <UnstyledButton
          className={classes.tile}
          aria-label={t(section.label)}
          {...(here ? { 'data-active': true } : {})}
        >
          <SectionIcon size={21} stroke={1.7} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(section.label)}</Menu.Label>
        {section.entries.map((entry) => (
          <Menu.Item
            key={entry.to}
            component={Link}
            to={entry.to}
            activeOptions={exactly}
            {...active(entry.to === current)}
          >
            {t(entry.label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const NarrowSection = (props: SectionProps) => {
  const { t } = useTexts()
  const { icon: SectionIcon, label, to } = props.section
  if (to === undefined) {
    return (
      <li>
        <FlyOut {...props} />
      </li>
    )
  }
  return (
    <li>
      <Tooltip label={t(label)} position="right">
        <Link
          className={classes.tile}
          activeOptions={exactly}
          to={to}
          aria-label={t(label)}
          {...active(props.here)}
        >
          <SectionIcon size={21} stroke={1.7} aria-hidden />
        </Link>
      </Tooltip>
    </li>
  )
}

type Props = { readonly narrow: boolean; readonly inDrawer?: boolean; readonly onToggle?: () => void }

const Toggle = ({ narrow, onToggle }: Props) => {
  const { t } = useTexts()
  const label = t(narrow ? 'frame.expand' : 'frame.collapse')
  return (
    <Tooltip label={label} position="right">
      <ActionIcon variant="subtle" color="gray" size={36} onClick={onToggle} aria-label={label}>
        {narrow ? <IconLayoutSidebarLeftExpand size={20} /> : <IconLayoutSidebarLeftCollapse size={20} />}
      </ActionIcon>
    </Tooltip>
  )
}

/** The menu by channel, wide with words or narrow with icons. */
export const Navigation = (props: Props) => {
  const { narrow, inDrawer = false } = props
  const { t } = useTexts()
  const { pathname } = useLocation()
  const found = entryOf(pathname)
  const sections = useVisibleMenu()
  const Section = narrow ? NarrowSection : WideSection
  return (
    <div className={classes.navigation} data-narrow={narrow}>
      {inDrawer ? null : (
        <Link to="/" className={classes.brand} aria-label="Campanile">
          <Logo withName={!narrow} />
        </Link>
      )}
      <ScrollArea className={classes.scroll ?? ''} type="scroll">
        <nav aria-label={t('frame.menu-label')}>
          <ul className={classes.sections}>
            {sections.map((section) => (
              <Section
                key={section.label}
                section={section}
                current={found?.entry.to ?? null}
                here={section.to === pathname || found?.section.label === section.label}
              />
            ))}
          </ul>
        </nav>
      </ScrollArea>
      {inDrawer ? null : (
        <div className={classes.foot}>
          <Toggle {...props} />
        </div>
      )}
    </div>
  )
}
