import { Badge, Button, Text } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { SimulatorMessageHead } from '../../../../src/simulator/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { Pages } from '../../lib/queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { LetterBox } from '../../ui/illustrations.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import classes from './mailbox.module.css'
import { type Mailbox, mailboxPath, type Place } from './place.ts'

export const OriginBadge = ({ origin }: { readonly origin: SimulatorMessageHead['origin'] }) => {
  const { t } = useTexts()
  const color = { campaign: 'bronze', transactional: 'indigo', test: 'teal', smtp: 'gray' }[origin]
  return (
    <Badge
      variant="light"
      color={color}
      size="sm"
      radius="sm"
      tt="none"
      fw={550}
      className={classes.badge ?? ''}
    >
      {t(`simulator.origin-${origin}`)}
    </Badge>
  )
}

type RowProps = { readonly mail: SimulatorMessageHead; readonly place: Place; readonly unread: boolean }

const Row = ({ mail, place, unread }: RowProps) => {
  const { t } = useTexts()
  const isOpen = mail.id === place.openId
  return (
    <li>
      <Link
        to={mailboxPath}
        search={{ ...place.search, message: mail.id } as never}
        replace={place.openId !== undefined}
        resetScroll={false}
        preload={false}
        className={classes.row}
        data-unread={unread}
        activeProps={{}}
        {...(isOpen
          ? { 'data-chosen': true, 'aria-current': 'true' as const }
          : { 'aria-current': undefined })}
      >
        <span className={classes.line}>
          <span className={classes.from}>{mail.from.name ?? mail.from.email}</span>
          <span className={classes.time}>
            <Time at={mail.received_at} />
          </span>
        </span>
        <span className={classes.subject}>
          {unread ? <span className={classes.dot} role="img" aria-label={t('simulator.unread')} /> : null}
          {mail.subject ?? t('simulator.no-subject')}
        </span>
        <span className={classes.line}>
          <span className={classes.recipient}>{mail.to.email}</span>
          {mail.attachments.length === 0 ? null : (
            <IconPaperclip
              size={14}
              aria-label={t('simulator.attachments', { count: mail.attachments.length })}
            />
          )}
          <OriginBadge origin={mail.origin} />
        </span>
      </Link>
    </li>
  )
}

const Empty = ({ filtered, mailbox }: { readonly filtered: boolean; readonly mailbox: Mailbox }) => {
  const { t } = useTexts()
  if (filtered) return <EmptyState art={<LetterBox />} title={t('simulator.empty-found')} />
  const write =
    mailbox === 'account' ? (
      <Button component={Link} to="/email/campaigns" variant="default">
        {t('simulator.empty-action')}
      </Button>
    ) : undefined
  return (
    <EmptyState art={<LetterBox />} title={t('simulator.empty-title')} action={write}>
      {t(`simulator.empty-${mailbox}`)}
    </EmptyState>
  )
}

type Props = {
  readonly pages: Pages<SimulatorMessageHead>
  readonly place: Place
  readonly mailbox: Mailbox
  readonly isRead: (id: string) => boolean
}

/** Newest first. New mail slides in above; what is in view stays where it is (scroll anchoring). */
export const MailboxList = ({ pages, place, mailbox, isRead }: Props) => {
  const { t } = useTexts()
  const { rows } = pages
  if (pages.error !== null && rows.length === 0) {
    return (
      <div className={classes.lesson}>
        <ErrorState error={pages.error} onRetry={pages.retry} />
      </div>
    )
  }
  if (pages.isPending) {
    return (
      <div className={classes.lesson}>
        <RowsSkeleton />
      </div>
    )
  }
  const filtered = Object.keys(place.filters).length > 0
  return (
    <div className={classes.scroll}>
      {rows.length === 0 ? (
        <Empty filtered={filtered} mailbox={mailbox} />
      ) : (
        <>
          <ul className={classes.list}>
            {rows.map((mail) => (
              <Row key={mail.id} mail={mail} place={place} unread={!isRead(mail.id)} />
            ))}
          </ul>
          <div className={classes.foot}>
            <Text size="xs" c="dimmed" role="status">
              {t(pages.hasMore ? 'simulator.shown' : 'simulator.all-shown', { count: rows.length })}
            </Text>
            {pages.hasMore ? (
              <Button variant="default" size="xs" loading={pages.isFetchingMore} onClick={pages.loadMore}>
                {t('simulator.more')}
              </Button>
            ) : null}
          </div>
        </>
      )}
    </div>
  )
}
