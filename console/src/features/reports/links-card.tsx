import { Anchor, Button, Card, Table, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '../../../../src/campaigns/contract.ts'
import { listReportLinks, type ReportLink } from '../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { pagePath } from '../campaigns/campaign-path.ts'
import classes from './reports.module.css'

const LinkRow = ({ id, link }: { readonly id: string; readonly link: ReportLink }) => {
  const formats = useFormats()
  const may = useMay()('email.recipients.view')
  const unique = formats.number(link.unique)
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          href={link.url}
          target="_blank"
          rel="noreferrer"
          size="sm"
          className={classes.url ?? ''}
          title={link.url}
        >
          {link.url}
        </Anchor>
      </Table.Td>
      <Table.Td ta="end">{link.position}</Table.Td>
      <Table.Td ta="end">
        {may && link.unique > 0 ? (
          <Anchor
            component={Link}
            size="sm"
            to={`${pagePath(id)}/recipients`}
            search={{ position: String(link.position) } as never}
          >
            {unique}
          </Anchor>
        ) : (
          unique
        )}
      </Table.Td>
      <Table.Td ta="end">{formats.number(link.total)}</Table.Td>
    </Table.Tr>
  )
}

/** Each tracked place of the content with its clicks; the same address at two places is two rows. */
export const LinksCard = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const { id } = campaign
  const pages = usePages(listReportLinks, { params: { id } })
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('reports.links')}>
      <Title order={2} mb="xs">
        {t('reports.links')}
      </Title>
      {pages.error === null ? null : <ErrorState error={pages.error} onRetry={pages.retry} />}
      {pages.isPending ? <RowsSkeleton rows={3} /> : null}
      {!pages.isPending && pages.rows.length === 0 && pages.error === null ? (
        <Text c="dimmed">{t('reports.links-empty')}</Text>
      ) : null}
      {pages.rows.length === 0 ? null : (
        <Table.ScrollContainer minWidth={320}>
          <Table aria-label={t('reports.links')} verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('reports.link')}</Table.Th>
                <Table.Th ta="end">{t('reports.position')}</Table.Th>
                <Table.Th ta="end">{t('reports.clickers')}</Table.Th>
                <Table.Th ta="end">{t('reports.clicks')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {pages.rows.map((link) => (
                <LinkRow key={`${link.position} ${link.url}`} id={id} link={link} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {pages.hasMore ? (
        <Button variant="default" size="xs" onClick={pages.loadMore} loading={pages.isFetchingMore}>
          {t('ui.load-more')}
        </Button>
      ) : null}
    </Card>
  )
}
