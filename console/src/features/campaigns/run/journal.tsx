import { Button, Card, Text, Timeline, Title } from '@mantine/core'
import type { JournalEntry } from '../../../../../src/campaigns/run/contract.ts'
import { listJournal } from '../../../../../src/campaigns/run/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import type { Formats } from '../../../lib/formats.ts'
import { usePages } from '../../../lib/queries.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Time } from '../../../ui/figures.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'

const isMoment = /^\d{4}-\d{2}-\d{2}T/

const valueText = (name: string, value: unknown, { find }: Texts, formats: Formats): string | null => {
  if (value === null) return name === 'per_hour' ? find('ui', 'unlimited') : null
  if (typeof value === 'number') return formats.number(value)
  if (typeof value === 'string') {
    if (isMoment.test(value)) return formats.dateTime(value)
    return find('run', `reason.${value}`) ?? find('reasons', value) ?? find('checks', value) ?? value
  }
  if (!Array.isArray(value) || value.length === 0) return null
  const words = value.map((one: unknown) => {
    const code = typeof one === 'object' && one !== null && 'code' in one ? one.code : one
    return typeof code === 'string' ? (find('checks', code) ?? code) : ''
  })
  return words.filter((word) => word !== '').join(', ')
}

/** Members of an entry that have a name in the catalogue; the rest is for programs. */
const detailText = (entry: JournalEntry, texts: Texts, formats: Formats): string =>
  Object.entries(entry.detail)
    .map(([name, value]) => {
      const label = texts.find('run', `detail.${name}`)
      const words = label === null ? null : valueText(name, value, texts, formats)
      return words === null || words === '' ? '' : `${label}: ${words}`
    })
    .filter((part) => part !== '')
    .join(' · ')

const actorText = ({ actor }: JournalEntry, { t }: Texts): string =>
  typeof actor['name'] === 'string' ? actor['name'] : t('run.by-system')

/** What happened to the run, oldest first. */
export const Journal = ({ id }: { readonly id: string }) => {
  const texts = useTexts()
  const { t, find } = texts
  const formats = useFormats()
  const pages = usePages(listJournal, { params: { id } })
  if (pages.rows.length === 0 && !pages.isPending && pages.error === null) return null
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('run.journal')}>
      <Title order={2} mb="md">
        {t('run.journal')}
      </Title>
      {pages.error === null ? null : <ErrorState error={pages.error} onRetry={pages.retry} />}
      {pages.isPending ? <RowsSkeleton rows={3} /> : null}
      <Timeline bulletSize={12} lineWidth={2} color="bronze">
        {pages.rows.map((entry) => (
          <Timeline.Item key={entry.id} title={find('run', `journal.${entry.kind}`) ?? entry.kind}>
            <Text size="sm" c="dimmed">
              <Time at={entry.at} /> · {actorText(entry, texts)}
            </Text>
            <Text size="sm">{detailText(entry, texts, formats)}</Text>
          </Timeline.Item>
        ))}
      </Timeline>
      {pages.hasMore ? (
        <Button mt="md" variant="default" size="xs" onClick={pages.loadMore} loading={pages.isFetchingMore}>
          {t('ui.load-more')}
        </Button>
      ) : null}
    </Card>
  )
}
