import { Anchor, List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign } from '../../../../../../src/campaigns/contract.ts'
import { countMissingValues, type Preview } from '../../../../../../src/campaigns/preview/contract.ts'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { call } from '../../../../lib/call.ts'
import { ErrorState } from '../../../../ui/error-state.tsx'

const Counted = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { data, error } = useQuery({
    queryKey: [countMissingValues.path, campaign.id, campaign.version],
    queryFn: ({ signal }) => call(countMissingValues, { params: { id: campaign.id }, body: {}, signal }),
  })
  if (error !== null) return <ErrorState error={error} />
  if (data === undefined) return <Text size="sm">{t('ui.loading')}</Text>
  return (
    <div role="status">
      <Text size="sm">
        {t('content.missing-audience', { count: data.contacts, number: formats.number(data.contacts) })}
      </Text>
      <List size="sm">
        {data.variables.map(({ name, contacts }) => (
          <List.Item key={name}>
            {name}: <span className="tabular">{formats.number(contacts)}</span>
          </List.Item>
        ))}
      </List>
    </div>
  )
}

type Props = { readonly campaign: Campaign; readonly preview: Preview }

/** Names what this contact lacks; on request, how many of the audience lack something. */
export const MissingValues = ({ campaign, preview }: Props) => {
  const { t } = useTexts()
  const [asked, setAsked] = useState(false)
  return (
    <div>
      {preview.missing.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          {t('content.missing-here', { names: preview.missing.join(', ') })}
        </Text>
      )}
      {asked ? (
        <Counted campaign={campaign} />
      ) : (
        <Anchor component="button" type="button" size="sm" onClick={() => setAsked(true)}>
          {t('content.missing-count')}
        </Anchor>
      )}
    </div>
  )
}
