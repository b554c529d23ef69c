import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import type { IpEntry } from '../../../../../src/security/network/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import type { Formats } from '../../../lib/formats.ts'
import type { Column } from '../../../ui/data-table.tsx'
import { Time } from '../../../ui/figures.tsx'

/** "256 addresses"; beyond what a number holds exactly, a power of two says it. */
export const meaningOf = (size: string, { t }: Pick<Texts, 't'>): string => {
  const count = Number(size)
  if (Number.isSafeInteger(count)) return t('networks.size', { count })
  const bits = BigInt(size).toString(2).length - 1
  return t('networks.size-v6', { bits })
}

type Acts = { readonly onEdit: (entry: IpEntry) => void; readonly onDelete: (entry: IpEntry) => void }

const Address = ({ entry, texts }: { readonly entry: IpEntry; readonly texts: Texts }) => (
  <Stack gap={2}>
    <Group gap="xs" wrap="wrap">
      <Text span size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
        {entry.address}
      </Text>
      {entry.contains_caller ? (
        <Badge size="sm" color="green" variant="light" radius="sm" tt="none">
          {texts.t('networks.you')}
        </Badge>
      ) : null}
    </Group>
    <Text span size="xs" c="dimmed">
      {meaningOf(entry.size, texts)}
      {entry.label === null ? '' : ` · ${entry.label}`}
    </Text>
  </Stack>
)

const Until = ({ entry, texts, formats }: { entry: IpEntry; texts: Texts; formats: Formats }) => {
  if (entry.expires_at === null)
    return (
      <Text span size="sm" c="dimmed">
        {texts.t('networks.for-good')}
      </Text>
    )
  return (
    <Text span size="sm">
      {formats.exact(entry.expires_at)}
    </Text>
  )
}

const Acts = ({ entry, acts, t }: { entry: IpEntry; acts: Acts; t: Texts['t'] }) => (
  <Group gap="xs" justify="flex-end" ml="auto" w={{ base: 88, sm: 'auto' }}>
    <Button
      variant="default"
      size="xs"
      aria-label={t('networks.edit-label', { address: entry.address })}
      onClick={() => acts.onEdit(entry)}
    >
      {t('ui.edit')}
    </Button>
    <Button
      variant="light"
      color="red"
      size="xs"
      aria-label={t('networks.delete-label', { address: entry.address })}
      onClick={() => acts.onDelete(entry)}
    >
      {t('ui.delete')}
    </Button>
  </Group>
)

export const entryColumns = (
  texts: Texts,
  formats: Formats,
  who: (userId: string) => string,
  acts: Acts | null,
): readonly Column<IpEntry>[] => {
  const { t } = texts
  return [
    {
      id: 'address',
      header: t('networks.address'),
      fixed: true,
      cell: (entry) => <Address entry={entry} texts={texts} />,
    },
    {
      id: 'scopes',
      header: t('networks.scopes'),
      wide: true,
      cell: (entry) => (
        <Group gap={4}>
          {entry.scopes.map((scope) => (
            <Badge key={scope} variant="light" color="gray" radius="sm" tt="none">
              {t(`networks.scope-${scope}`)}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      id: 'who',
      header: t('networks.who'),
      wide: true,
      cell: (entry) =>
        entry.target.type === 'account' ? t('networks.everybody') : who(entry.target.user_id ?? ''),
    },
    {
      id: 'until',
      header: t('networks.until'),
      wide: true,
      cell: (entry) => <Until entry={entry} texts={texts} formats={formats} />,
    },
    {
      id: 'added',
      header: t('networks.added-by'),
      wide: true,
      hiddenAtFirst: false,
      cell: (entry) => (
        <Text span size="sm">
          {entry.created_by?.name ?? t('networks.system')} · <Time at={entry.created_at} />
        </Text>
      ),
    },
    ...(acts === null
      ? []
      : [
          {
            id: 'acts',
            header: t('ui.actions'),
            fixed: true,
            align: 'end' as const,
            cell: (entry: IpEntry) => <Acts entry={entry} acts={acts} t={t} />,
          },
        ]),
  ]
}
