import { Button, SegmentedControl, Stack } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getSimulator, listSimulatorMessages } from '../../../../src/simulator/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { isDevelopmentHere } from '../../lib/development.ts'
import { read, usePages } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.ts'
import { useShortcut } from '../../lib/shortcuts.ts'
import { Page } from '../../ui/page.tsx'
import { Letters } from '../system-mailbox/letters.tsx'
import { DeleteAll } from './delete-all.tsx'
import { DoorModal } from './door.tsx'
import { useMailboxLive } from './live.ts'
import classes from './mailbox.module.css'
import { MailboxFilters } from './mailbox-filters.tsx'
import { MailboxList } from './mailbox-list.tsx'
import { MessagePane } from './message/message-pane.tsx'
import { type Mailbox, type Place, type Shown, usePlace } from './place.ts'
import { useReadMarks } from './read-marks.ts'

const limit = 50
/** Below this the list gives way to the open mail (mailbox.module.css). */
const onePane = '(max-width: 62em)'

/** Staff have the shared mailbox alone; everybody else begins with the own one. */
const useMailbox = (asked: string | undefined): { mailbox: Mailbox; offered: readonly Mailbox[] } => {
  const { account } = useSession()
  const { data } = useQuery(read(getSimulator))
  const own: Mailbox = account.kind === 'operator' ? 'shared' : 'account'
  const offered = data?.mailboxes ?? [own]
  return { mailbox: offered.find((mailbox) => mailbox === asked) ?? own, offered }
}

type SwitchProps = { readonly mailbox: Shown; readonly offered: readonly Mailbox[]; readonly place: Place }

const MailboxSwitch = ({ mailbox, offered, place }: SwitchProps) => {
  const { t } = useTexts()
  const shown: readonly Shown[] = isDevelopmentHere() ? [...offered, 'system'] : offered
  if (shown.length < 2) return null
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('simulator.mailboxes')}
      value={mailbox}
      onChange={(value) => place.turnTo(shown.find((one) => one === value) ?? 'account')}
      data={shown.map((value) => ({ value, label: t(`simulator.mailbox-${value}`) }))}
    />
  )
}

/** What the system itself wrote: development only, and no mailbox of any account. */
const SystemMail = () => {
  const { t } = useTexts()
  const place = usePlace()
  const { offered } = useMailbox(undefined)
  return (
    <Page title={t('simulator.title')} purpose={t('system-mailbox.purpose')}>
      <Stack gap="md" maw={720}>
        <MailboxSwitch mailbox="system" offered={offered} place={place} />
        <Letters />
      </Stack>
    </Page>
  )
}

const AccountMail = () => {
  const { t } = useTexts()
  const place = usePlace()
  const marks = useReadMarks()
  const [door, doorIs] = useDisclosure(false)
  const { mailbox, offered } = useMailbox(place.mailbox)
  const { q, to, campaign } = place.filters
  const pages = usePages(listSimulatorMessages, { query: { mailbox, q, to, campaign_id: campaign, limit } })
  const readsAlone = useMediaQuery(onePane) === true && place.openId !== undefined
  useMailboxLive()
  const ids = pages.rows.map((mail) => mail.id)
  const isFiltered = Object.keys(place.filters).length > 0
  const known = isFiltered || pages.hasMore ? null : ids.length
  const step = (by: 1 | -1) => {
    const here = place.openId === undefined ? -1 : ids.indexOf(place.openId)
    const next = ids[here === -1 && by === -1 ? 0 : here + by]
    if (next !== undefined) place.open(next)
  }
  useShortcut(['j'], 'simulator.next-mail', () => step(1))
  useShortcut(['k'], 'simulator.previous-mail', () => step(-1))
  const afterDeletion = (id: string) => {
    const here = ids.indexOf(id)
    const next = ids[here + 1] ?? ids[here - 1]
    if (next === undefined) place.close()
    else place.open(next)
  }
  return (
    <Page
      title={t('simulator.title')}
      {...(readsAlone ? {} : { purpose: t('simulator.purpose') })}
      action={
        readsAlone ? undefined : (
          <>
            <DeleteAll mailbox={mailbox} disabled={ids.length === 0} count={known} onDone={place.close} />
            <Button variant="default" leftSection={<IconPlugConnected size={16} />} onClick={doorIs.open}>
              {t('simulator.connect')}
            </Button>
          </>
        )
      }
    >
      <div className={classes.panes} data-open={place.openId !== undefined}>
        <section className={classes.side} aria-label={t('simulator.list')}>
          <div className={classes.tools}>
            <MailboxSwitch mailbox={mailbox} offered={offered} place={place} />
            <MailboxFilters
              place={place}
              mailbox={mailbox}
              onAllRead={ids[0] === undefined ? null : () => marks.markAllRead(ids[0] ?? '')}
            />
          </div>
          <MailboxList pages={pages} place={place} mailbox={mailbox} isRead={marks.isRead} />
        </section>
        <MessagePane
          place={place}
          marks={marks}
          onStep={step}
          onDeleted={afterDeletion}
          isEmpty={!pages.isPending && pages.error === null && ids.length === 0 && !isFiltered}
        />
      </div>
      <DoorModal opened={door} onClose={doorIs.close} />
    </Page>
  )
}

export const MailboxPage = () =>
  usePlace().mailbox === 'system' && isDevelopmentHere() ? <SystemMail /> : <AccountMail />
