import { Text, Timeline } from '@mantine/core'
import {
  IconBeach,
  IconEye,
  IconFlag,
  IconMailOff,
  IconMailX,
  IconMessage,
  IconPhoto,
  IconPointer,
  IconRobot,
} from '@tabler/icons-react'
import type { SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { Time } from '../../../ui/figures.tsx'
import classes from './message.module.css'

const icons = {
  open: IconEye,
  click: IconPointer,
  one_click: IconMailX,
  reply: IconMessage,
  spam: IconFlag,
  dsn: IconMailOff,
  scan: IconRobot,
  prefetch: IconPhoto,
  out_of_office: IconBeach,
} as const
const colors = {
  open: 'blue',
  click: 'indigo',
  one_click: 'gray',
  reply: 'teal',
  spam: 'red',
  dsn: 'red',
  scan: 'gray',
  prefetch: 'gray',
  out_of_office: 'gray',
} as const

export const EventList = ({ mail }: { readonly mail: SimulatorMessage }) => {
  const { t } = useTexts()
  if (mail.events.length === 0) {
    return (
      <div className={classes.words}>
        <Text c="dimmed">{t('simulator.events-none')}</Text>
      </div>
    )
  }
  return (
    <div className={classes.words}>
      <Timeline
        active={mail.events.length}
        bulletSize={26}
        lineWidth={2}
        aria-label={t('simulator.events-label')}
      >
        {mail.events.map(({ kind, at, detail }, place) => {
          const EventIcon = icons[kind]
          return (
            <Timeline.Item
              // biome-ignore lint/suspicious/noArrayIndexKey: the same act may happen twice in one moment.
              key={place}
              bullet={<EventIcon size={14} />}
              color={colors[kind]}
              title={t(`simulator.event-${kind}`)}
            >
              {detail === null ? null : (
                <Text size="xs" className={classes.value ?? ''}>
                  {detail}
                </Text>
              )}
              <Text size="xs" c="dimmed">
                <Time at={at} />
              </Text>
            </Timeline.Item>
          )
        })}
      </Timeline>
    </div>
  )
}
