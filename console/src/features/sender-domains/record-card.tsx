import { Badge, Card, Group, Stack, Text } from '@mantine/core'
import type { DomainRecord, HostingGuide } from '../../../../src/sender-domains/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { namesFor, valuesFor, type Written } from './host-forms.ts'
import classes from './record-card.module.css'

type Props = { readonly record: DomainRecord; readonly guide: HostingGuide; readonly signs: boolean }

const badgeState = { pending: 'pending', valid: 'active', invalid: 'failed', warning: 'held' } as const

const Entry = ({ label, copy, written }: { label: string; copy: string; written: readonly Written[] }) => {
  const { t } = useTexts()
  return (
    <div className={classes.entry}>
      <Text size="sm" c="dimmed" component="dt">
        {label}
      </Text>
      <dd className={classes.values}>
        {written.map(({ text, or }) => (
          <div key={`${or} ${text}`}>
            {or === null ? null : (
              <Text size="xs" c="dimmed">
                {t(`sender-domains.or-${or}`)}
              </Text>
            )}
            <div className={classes.value}>
              {text === '' ? (
                <Text size="sm">{t('sender-domains.name-empty')}</Text>
              ) : (
                <>
                  <code className={classes.code}>{text}</code>
                  <CopyButton value={text} label={copy} />
                </>
              )}
            </div>
          </div>
        ))}
      </dd>
    </div>
  )
}

const Found = ({ record }: { readonly record: DomainRecord }) => {
  const { t } = useTexts()
  if (record.found.length === 0) return null
  return (
    <div className={classes.entry}>
      <Text size="sm" c="dimmed" component="dt">
        {t('sender-domains.found')}
      </Text>
      <dd className={classes.values}>
        {record.found.map((text) => (
          <code key={text} className={classes.code}>
            {text}
          </code>
        ))}
      </dd>
    </div>
  )
}

const stateWord = (record: DomainRecord) =>
  record.finding === 'missing' && record.state === 'invalid'
    ? ('sender-domains.record-missing' as const)
    : (`sender-domains.record-${record.state}` as const)

/** One record: what to enter, what stands there, and what that means. */
export const RecordCard = ({ record, guide, signs }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  return (
    <Card withBorder padding="sm" component="article" aria-label={`${record.type} ${record.name}`}>
      <Stack gap="xs">
        <Group gap="xs">
          <Badge variant="default" radius="sm">
            {record.type}
          </Badge>
          <StatusBadge state={badgeState[record.state]} label={t(stateWord(record))} />
          {signs ? (
            <Badge variant="light" color="indigo" radius="sm" tt="none">
              {t('sender-domains.key-active')}
            </Badge>
          ) : null}
          {record.retired_until === null ? null : (
            <Text size="sm" c="dimmed">
              {t('sender-domains.retired', { at: formats.exact(record.retired_until) })}
            </Text>
          )}
        </Group>
        {record.finding === null ? null : (
          <Text size="sm" role="note">
            {t(`sender-domains.explain-${record.finding}`, record.finding_detail)}
          </Text>
        )}
        <dl className={classes.entries}>
          <Entry
            label={t('sender-domains.record-name')}
            copy={t('sender-domains.copy-name')}
            written={namesFor(record, guide)}
          />
          {record.priority === null ? null : (
            <div className={classes.entry}>
              <Text size="sm" c="dimmed" component="dt">
                {t('sender-domains.record-priority')}
              </Text>
              <dd className={classes.values}>
                <code className={classes.code}>{record.priority}</code>
              </dd>
            </div>
          )}
          <Entry
            label={t('sender-domains.record-value')}
            copy={t('sender-domains.copy-value')}
            written={valuesFor(record, guide)}
          />
          {record.state === 'valid' && record.finding === null ? null : <Found record={record} />}
        </dl>
      </Stack>
    </Card>
  )
}
