import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type HostingGuide,
  listHostingGuides,
  type SenderDomain,
} from '../../../../src/sender-domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Section } from '../../ui/section.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { CheckPanel } from './check-panel.tsx'
import { GuidePanel } from './guide-panel.tsx'
import { RecordActs } from './record-acts.tsx'
import { RecordCard } from './record-card.tsx'

const kinds = ['ownership', 'dkim', 'return_path', 'dmarc', 'spf', 'tracking'] as const

const Kind = ({
  domain,
  kind,
  guide,
}: {
  domain: SenderDomain
  kind: (typeof kinds)[number]
  guide: HostingGuide
}) => {
  const { t } = useTexts()
  const records = domain.records.filter((record) => record.kind === kind)
  const active = new Set(domain.keys.filter((key) => key.active).map(({ selector }) => selector))
  const [first] = records
  if (!first) return null
  return (
    <Section title={t(`sender-domains.kind-${kind}`)} text={t(`sender-domains.needed-${first.needed}`)}>
      <Stack gap="md">
        {records.map((record) => (
          <RecordCard
            key={record.id}
            record={record}
            guide={guide}
            signs={record.state === 'valid' && record.selector !== null && active.has(record.selector)}
          />
        ))}
      </Stack>
    </Section>
  )
}

/** What to publish, in the form that the host of the domain wants, and what was found there. */
export const RecordsTab = ({ domain }: { readonly domain: SenderDomain }) => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(listHostingGuides))
  const [chosen, setChosen] = useState<string | null>(null)
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <CardSkeleton />
  const wanted = chosen ?? domain.guide
  const guide = data.data.find(({ id }) => id === wanted) ?? data.data.at(-1)
  if (guide === undefined) return null
  return (
    <>
      <CheckPanel domain={domain} />
      {domain.records.length === 0 ? null : (
        <>
          <GuidePanel domain={domain} guides={data.data} guide={guide} onChoose={setChosen} />
          <RecordActs domain={domain} />
          {kinds.map((kind) => (
            <Kind key={kind} domain={domain} kind={kind} guide={guide} />
          ))}
          <Section title={t('sender-domains.optional')}>
            <Text size="sm">{t('sender-domains.optional-text')}</Text>
          </Section>
        </>
      )}
    </>
  )
}
