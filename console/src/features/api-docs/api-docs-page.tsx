import { Button, Card, NavLink, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { getOpenApi } from '../../../../src/openapi/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { addressOf } from '../../lib/call.ts'
import { read } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SilentBell } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import classes from './api-docs.module.css'
import { isFound, makeResolve, type OpenApi, type Operation, readOperations } from './openapi.ts'
import { useOpened } from './opened.ts'
import { OperationList } from './operation-list.tsx'
import { Paragraphs } from './prose.tsx'

const areaId = (tag: string): string => `area-${tag.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`

type Area = { readonly tag: string; readonly operations: readonly Operation[] }

const toAreas = (operations: readonly Operation[]): Area[] =>
  [...new Set(operations.map(({ tag }) => tag))]
    .toSorted()
    .map((tag) => ({ tag, operations: operations.filter((operation) => operation.tag === tag) }))

const Areas = ({ areas }: { readonly areas: readonly Area[] }) => {
  const { t } = useTexts()
  return (
    <nav aria-label={t('api-docs.areas')} className={classes.areas}>
      {areas.map(({ tag, operations }) => (
        <NavLink
          key={tag}
          href={`#${areaId(tag)}`}
          label={tag}
          lang="en"
          rightSection={
            <Text span size="xs" c="dimmed" className="tabular">
              {operations.length}
            </Text>
          }
          onClick={(event) => {
            event.preventDefault()
            document.getElementById(areaId(tag))?.scrollIntoView({ block: 'start' })
            document.getElementById(areaId(tag))?.focus({ preventScroll: true })
          }}
        />
      ))}
    </nav>
  )
}

const Introduction = ({ text }: { readonly text: string }) => {
  const { t } = useTexts()
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('api-docs.first-steps')}>
      <Title order={2}>{t('api-docs.first-steps')}</Title>
      <div className={classes.introduction}>
        <Paragraphs text={text} />
      </div>
    </Card>
  )
}

const Explorer = ({ document }: { readonly document: OpenApi }) => {
  const { t } = useTexts()
  const [{ q }, setFilters] = useFilters('q')
  const operations = useMemo(() => readOperations(document), [document])
  const resolve = useMemo(() => makeResolve(document), [document])
  const { opened, change } = useOpened()
  const found = q === undefined ? operations : operations.filter((operation) => isFound(operation, q))
  const areas = toAreas(found)
  return (
    <div className={classes.explorer}>
      <div className={classes.side}>
        <SearchField
          value={q}
          onChange={(next) => setFilters({ q: next })}
          placeholder={t('api-docs.search')}
        />
        <Text size="xs" c="dimmed" my={8} role="status">
          {t('api-docs.operation-count', { count: found.length })}
        </Text>
        <Areas areas={areas} />
      </div>
      <Stack gap="xl" className={classes.words ?? ''}>
        {q === undefined ? <Introduction text={document.info.description} /> : null}
        {areas.map(({ tag, operations: own }) => (
          <section key={tag} aria-labelledby={areaId(tag)}>
            <Title order={2} id={areaId(tag)} tabIndex={-1} className={classes.areaTitle ?? ''} lang="en">
              {tag}
            </Title>
            <OperationList operations={own} opened={opened} onChange={change} resolve={resolve} />
          </section>
        ))}
        {areas.length > 0 ? null : (
          <EmptyState art={<SilentBell />} title={t('api-docs.found-none', { query: q })} />
        )}
      </Stack>
    </div>
  )
}

export const ApiDocsPage = () => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery({ ...read(getOpenApi), staleTime: Number.POSITIVE_INFINITY })
  return (
    <Page
      title={t('api-docs.title')}
      purpose={t('api-docs.purpose')}
      action={
        <Button
          component="a"
          href={addressOf(getOpenApi)}
          download="openapi.json"
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('api-docs.download')}
        </Button>
      }
    >
      {data === undefined ? (
        error === null ? (
          <CardSkeleton rows={8} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Explorer document={data as unknown as OpenApi} />
      )}
    </Page>
  )
}
