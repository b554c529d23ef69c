import { Text } from '@mantine/core'
import type { Receiver } from '../../../../src/providers/receivers/contract.ts'
import type { Texts } from '../../i18n/message.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Figure, Time } from '../../ui/figures.tsx'
import classes from './delivery.module.css'
import { ReceiverState, SiteName } from './receiver-state.tsx'

export const RateNow = ({ receiver }: { readonly receiver: Receiver }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const rate = formats.number(receiver.rate_per_hour)
  const limit = receiver.shaping?.allowed_per_hour ?? null
  return (
    <span className="tabular">
      {limit === null
        ? t('delivery.rate-per-hour', { rate })
        : t('delivery.rate-of', { rate, limit: formats.number(limit) })}
    </span>
  )
}

export const receiverColumns = ({ t }: Texts): readonly Column<Receiver>[] => [
  {
    id: 'site',
    header: t('delivery.receiver'),
    fixed: true,
    cell: (receiver) => (
      <>
        <Text span fw={550} style={{ overflowWrap: 'anywhere' }}>
          <SiteName site={receiver.site} />
        </Text>
        {receiver.reason === null || receiver.queued === 0 ? null : (
          <Text size="xs" c="dimmed" lineClamp={2}>
            {receiver.reason.text}
          </Text>
        )}
        {/* A phone has no room for the columns that say this. */}
        <div className={classes.narrowOnly}>
          <ReceiverState receiver={receiver} />
          <Text size="xs" c="dimmed">
            {t('delivery.accepted')}: <Figure value={receiver.accepted} short /> · {t('delivery.queued')}:{' '}
            <Figure value={receiver.queued} short />
          </Text>
        </div>
      </>
    ),
  },
  {
    id: 'state',
    header: t('delivery.state'),
    wide: true,
    cell: (receiver) => <ReceiverState receiver={receiver} />,
  },
  {
    id: 'accepted',
    header: t('delivery.accepted'),
    align: 'end',
    wide: true,
    cell: (receiver) => <Figure value={receiver.accepted} short />,
  },
  {
    id: 'deferred',
    header: t('delivery.deferred'),
    align: 'end',
    wide: true,
    cell: (receiver) => <Figure value={receiver.deferred + receiver.slowed} short />,
  },
  {
    id: 'refused',
    header: t('delivery.refused'),
    align: 'end',
    wide: true,
    cell: (receiver) => <Figure value={receiver.refused + receiver.blocked} short />,
  },
  {
    id: 'queued',
    header: t('delivery.queued'),
    align: 'end',
    wide: true,
    cell: (receiver) => <Figure value={receiver.queued} short />,
  },
  {
    id: 'next-try',
    header: t('delivery.next-try'),
    wide: true,
    cell: (receiver) => <Time at={receiver.next_try_at} />,
  },
  {
    id: 'rate',
    header: t('delivery.rate'),
    align: 'end',
    wide: true,
    cell: (receiver) => <RateNow receiver={receiver} />,
  },
]
