import { Anchor, List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sampleAudience } from '../../../../../../src/campaigns/preview/contract.ts'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { call } from '../../../../lib/call.ts'
import classes from './reason-bars.module.css'

type SampleProps = { readonly id: string; readonly version: number; readonly reason: string }

const Sample = ({ id, version, reason }: SampleProps) => {
  const { t } = useTexts()
  const { data } = useQuery({
    queryKey: [sampleAudience.path, id, version, reason],
    queryFn: ({ signal }) =>
      call(sampleAudience, {
        params: { id },
        query: reason === 'reachable' ? {} : { reason },
        signal,
      }),
  })
  if (data === undefined) return <Text size="sm">{t('ui.loading')}</Text>
  return (
    <List size="sm" listStyleType="none" className={classes.sample ?? ''}>
      {data.data.map((one) => (
        <List.Item key={one.contact_id}>
          {one.name === '' ? '' : `${one.name} · `}
          <Text span size="sm" c="dimmed">
            {one.address ?? '–'}
          </Text>
        </List.Item>
      ))}
    </List>
  )
}

type Props = {
  readonly id: string
  readonly version: number
  readonly audience: number
  /** `reachable` first, then a reason and how many people it keeps out. */
  readonly rows: readonly (readonly [string, number])[]
}

/** One bar per reason; each opens a handful of the people behind it. */
export const ReasonBars = ({ id, version, audience, rows }: Props) => {
  const { t, find } = useTexts()
  const formats = useFormats()
  const [opened, setOpened] = useState<string | null>(null)
  return (
    <ul className={classes.bars} aria-label={t('audience.reasons')}>
      {rows.map(([reason, people]) => (
        <li key={reason} className={classes.row} data-good={reason === 'reachable' || undefined}>
          <div className={classes.words}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              c="inherit"
              underline="hover"
              aria-expanded={opened === reason}
              onClick={() => setOpened(opened === reason ? null : reason)}
            >
              {reason === 'reachable' ? t('audience.reachable') : (find('reasons', reason) ?? reason)}
            </Anchor>
            <span className="tabular">{formats.number(people)}</span>
          </div>
          <div className={classes.track} aria-hidden>
            <div
              className={classes.bar}
              style={{ width: `${audience === 0 ? 0 : (people / audience) * 100}%` }}
            />
          </div>
          {opened === reason && people > 0 ? <Sample id={id} version={version} reason={reason} /> : null}
        </li>
      ))}
    </ul>
  )
}
