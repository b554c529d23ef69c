import { Badge, Button, Group, Table, Text, Tooltip } from '@mantine/core'
import { IconExternalLink, IconPointer } from '@tabler/icons-react'
import type { SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { isOurs, useActs } from './acts.ts'
import classes from './message.module.css'

type FoundLink = SimulatorMessage['links'][number]

const colors = { tracked: 'indigo', unsubscribe: 'orange', web_version: 'teal', plain: 'gray' } as const

/** A mail may hold anything; only what a browser opens as a page becomes a link here. */
const isOpenable = (url: string): boolean => /^https?:\/\//i.test(url)

type RowProps = {
  readonly link: FoundLink
  readonly busy: boolean
  readonly onClick: (() => void) | null
}

const LinkRow = ({ link, busy, onClick }: RowProps) => {
  const { t } = useTexts()
  return (
    <Table.Tr>
      <Table.Td className={classes.link}>
        <Text size="sm" fw={550} lineClamp={2}>
          {link.text.trim() === '' ? t('simulator.link-no-text') : link.text}
        </Text>
        <Text size="xs" c="dimmed" className={classes.url ?? ''} title={link.url}>
          {link.url}
        </Text>
        <Group gap={6} mt={6}>
          {isOpenable(link.url) ? (
            <Button
              component="a"
              href={link.url}
              target="_blank"
              rel="noreferrer noopener"
              variant="default"
              size="compact-sm"
              leftSection={<IconExternalLink size={14} />}
            >
              {t('simulator.link-open')}
            </Button>
          ) : null}
          {onClick === null ? null : (
            <Tooltip label={t('simulator.act-click-hint')} multiline maw={280}>
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconPointer size={14} />}
                loading={busy}
                onClick={onClick}
              >
                {t('simulator.act-click')}
              </Button>
            </Tooltip>
          )}
        </Group>
      </Table.Td>
      <Table.Td className={classes.kind}>
        <Badge variant="light" color={colors[link.kind]} radius="sm" tt="none" fw={550}>
          {t(`simulator.kind-${link.kind}`)}
        </Badge>
      </Table.Td>
    </Table.Tr>
  )
}

export const LinkTable = ({ mail }: { readonly mail: SimulatorMessage }) => {
  const { t } = useTexts()
  const { act, busy } = useActs(mail)
  if (mail.links.length === 0) {
    return (
      <div className={classes.words}>
        <Text c="dimmed">{t('simulator.links-none')}</Text>
      </div>
    )
  }
  const clickOf = (link: FoundLink) =>
    isOurs(mail) && link.kind !== 'plain' ? () => void act('click', { url: link.url }) : null
  return (
    <Table
      className={classes.table ?? ''}
      layout="fixed"
      aria-label={t('simulator.links-label')}
      verticalSpacing={10}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('simulator.link-text')}</Table.Th>
          <Table.Th className={classes.kind}>{t('simulator.link-kind')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {mail.links.map((link, place) => (
          <LinkRow
            // biome-ignore lint/suspicious/noArrayIndexKey: one address may stand under several words.
            key={place}
            link={link}
            busy={busy === link.url}
            onClick={clickOf(link)}
          />
        ))}
      </Table.Tbody>
    </Table>
  )
}
