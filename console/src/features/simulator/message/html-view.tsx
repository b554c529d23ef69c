import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { previewSimulatorMessage, type SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { read } from '../../../lib/queries.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'
import classes from './message.module.css'

const widths = ['desktop', 'phone'] as const

/** The address lives for ten minutes; a new one would load the frame again, so it is kept for most of them. */
const keptMs = 9 * 60_000

export const HtmlView = ({ mail }: { readonly mail: SimulatorMessage }) => {
  const { t } = useTexts()
  const [width, setWidth] = useState<string>('desktop')
  const { data, error, refetch } = useQuery({
    ...read(previewSimulatorMessage, { params: { id: mail.id } }),
    staleTime: keptMs,
    gcTime: keptMs,
  })
  if (data === undefined) {
    return (
      <div className={classes.words}>
        {error === null ? <RowsSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </div>
    )
  }
  return (
    <div className={classes.html}>
      <div className={classes.widths}>
        <SegmentedControl
          size="xs"
          aria-label={t('simulator.html-width')}
          value={width}
          onChange={setWidth}
          data={widths.map((value) => ({ value, label: t(`simulator.html-${value}`) }))}
        />
      </div>
      <div className={classes.stage} data-width={width}>
        {/* Another origin and none of its own: what a mail holds never comes near the session. */}
        <iframe
          className={classes.frame}
          title={t('simulator.html-title')}
          src={data.url}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
        />
      </div>
    </div>
  )
}
