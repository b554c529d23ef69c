import { Badge, Tabs } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { AttachmentList } from './attachment-list.tsx'
import { EventList } from './event-list.tsx'
import { HeaderTable } from './header-table.tsx'
import { HtmlView } from './html-view.tsx'
import { LinkTable } from './link-table.tsx'
import classes from './message.module.css'
import { SourceView } from './source-view.tsx'
import { TextView } from './text-view.tsx'

const views = ['html', 'text', 'source', 'headers', 'attachments', 'links', 'events'] as const
type View = (typeof views)[number]

const isView = (value: string | null): value is View => views.some((view) => view === value)

const contents: Readonly<Record<View, (mail: SimulatorMessage) => ReactNode>> = {
  html: (mail) => <HtmlView mail={mail} />,
  text: (mail) => <TextView mail={mail} />,
  source: (mail) => <SourceView mail={mail} />,
  headers: (mail) => <HeaderTable mail={mail} />,
  attachments: (mail) => <AttachmentList mail={mail} />,
  links: (mail) => <LinkTable mail={mail} />,
  events: (mail) => <EventList mail={mail} />,
}

const countOf = (view: View, mail: SimulatorMessage): number =>
  ({ attachments: mail.attachments.length, links: mail.links.length, events: mail.events.length })[
    view as string
  ] ?? 0

/** The chosen part stays chosen from mail to mail; a mail without HTML shows its text instead. */
export const MessageViews = ({ mail }: { readonly mail: SimulatorMessage }) => {
  const { t } = useTexts()
  const [chosen, setChosen] = useState<View>('html')
  const view = chosen === 'html' && mail.html === null ? 'text' : chosen
  return (
    <Tabs
      value={view}
      onChange={(value) => setChosen(isView(value) ? value : 'html')}
      keepMounted={false}
      className={classes.views ?? ''}
    >
      <Tabs.List className={classes.tabs ?? ''} aria-label={t('simulator.view')}>
        {views.map((one) => {
          const count = countOf(one, mail)
          return (
            <Tabs.Tab
              key={one}
              value={one}
              disabled={one === 'html' && mail.html === null}
              rightSection={
                count === 0 ? null : (
                  <Badge size="xs" variant="light" color="gray" className="tabular">
                    {count}
                  </Badge>
                )
              }
            >
              {t(`simulator.view-${one}`)}
            </Tabs.Tab>
          )
        })}
      </Tabs.List>
      {views.map((one) => (
        <Tabs.Panel key={one} value={one} className={classes.panel ?? ''}>
          {one === view ? contents[one](mail) : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
