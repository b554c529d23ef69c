import { Button, Code, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { AuditRecord } from '../../../../src/audit/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './log.module.css'
import { ActorName, ResultBadge } from './log-columns.tsx'
import type { FilterName } from './log-filters.ts'
import { RecordChange } from './record-change.tsx'
import { useWords } from './words.ts'

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className={classes.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const Origin = ({ record }: { readonly record: AuditRecord }) => {
  const { t } = useTexts()
  const words = useWords()
  return (
    <>
      <Fact label={t('audit.address')}>{words.address(record)}</Fact>
      {record.agent === null || record.agent === '' ? null : (
        <Fact label={t('audit.agent')}>{record.agent}</Fact>
      )}
      {record.amr.length === 0 ? null : <Fact label={t('audit.amr')}>{record.amr.join(', ')}</Fact>}
      {record.session === null ? null : (
        <Fact label={t('audit.session')}>
          <Code>{record.session}</Code>
        </Fact>
      )}
      {record.request_id === null || record.request_id === '' ? null : (
        <Fact label={t('audit.request-id')}>
          <Code>{record.request_id}</Code>
        </Fact>
      )}
      <Fact label={t('audit.hash')}>
        <Code>{record.hash}</Code>
      </Fact>
    </>
  )
}

const Facts = ({ record }: { readonly record: AuditRecord }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const words = useWords()
  const reason = words.reason(record)
  return (
    <dl className={classes.facts}>
      <Fact label={t('audit.time')}>{formats.exact(record.at)}</Fact>
      <Fact label={t('audit.section')}>{words.section(record)}</Fact>
      <Fact label={t('audit.actor')}>
        <ActorName record={record} />
        {record.actor.name === null || record.actor.name === words.actor(record) ? null : record.actor.name}
      </Fact>
      {record.actor.on_behalf_of === null ? null : (
        <Fact label={t('audit.on-behalf-of')}>
          <Code>{record.actor.on_behalf_of}</Code>
        </Fact>
      )}
      <Fact label={t('audit.object')}>{words.object(record)}</Fact>
      {reason === null ? null : <Fact label={t('audit.reason')}>{reason}</Fact>}
      <Origin record={record} />
    </dl>
  )
}

type OnFilter = (change: Partial<Record<FilterName, string | undefined>>) => void

const Further = ({ record, onFilter }: { readonly record: AuditRecord; readonly onFilter: OnFilter }) => {
  const { t } = useTexts()
  const userId = record.actor.type === 'user' ? record.actor.id : record.actor.on_behalf_of
  const objectId = record.object?.id ?? null
  return (
    <Group gap="xs">
      {objectId === null ? null : (
        <Button size="xs" variant="default" onClick={() => onFilter({ object: objectId })}>
          {t('audit.show-object')}
        </Button>
      )}
      {userId === null ? null : (
        <Button size="xs" variant="default" onClick={() => onFilter({ user: userId })}>
          {t('audit.show-user')}
        </Button>
      )}
    </Group>
  )
}

const Body = ({ record, onFilter }: { readonly record: AuditRecord; readonly onFilter?: OnFilter }) => {
  const { t } = useTexts()
  const words = useWords()
  const raw = JSON.stringify(record, null, 2)
  return (
    <Stack gap="lg">
      <Group gap="xs">
        <Title order={2}>{words.action(record)}</Title>
        <ResultBadge record={record} />
      </Group>
      <Facts record={record} />
      {onFilter === undefined ? null : <Further record={record} onFilter={onFilter} />}
      <section>
        <Title order={3} mb="xs">
          {t('audit.change')}
        </Title>
        <RecordChange diff={record.diff} />
      </section>
      <section>
        <Group justify="space-between" mb="xs">
          <Title order={3}>{t('audit.raw')}</Title>
          <CopyButton value={raw} />
        </Group>
        {/* The scrolled text must be reachable by keyboard (WCAG 2.1.1). */}
        <Code block className={classes.raw ?? ''} tabIndex={0}>
          {raw}
        </Code>
      </section>
    </Stack>
  )
}

type Props = {
  readonly record: AuditRecord | null
  readonly onClose: () => void
  readonly onFilter?: OnFilter
}

/** One record with everything it says. */
export const RecordDrawer = ({ record, onClose, onFilter }: Props) => {
  const { t } = useTexts()
  return (
    <Drawer
      opened={record !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={<Text c="dimmed">{record === null ? '' : t('audit.details', { seq: record.seq })}</Text>}
    >
      {record === null ? null : <Body record={record} {...(onFilter === undefined ? {} : { onFilter })} />}
    </Drawer>
  )
}
