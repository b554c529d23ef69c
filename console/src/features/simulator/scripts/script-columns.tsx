import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SimulatorScript } from '../../../../../src/simulator/scripts/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import type { Formats } from '../../../lib/formats.ts'
import type { Column } from '../../../ui/data-table.tsx'
import { toPercent, whoOf } from './rule-text.ts'
import { ScriptSwitch } from './script-switch.tsx'
import classes from './scripts.module.css'

type Parts = {
  readonly texts: Texts
  readonly formats: Formats
  readonly campaigns: ReadonlyMap<string, string> | null
  readonly menu: (script: SimulatorScript) => ReactNode
}

export const scriptColumns = ({
  texts,
  formats,
  campaigns,
  menu,
}: Parts): readonly Column<SimulatorScript>[] => {
  const { t } = texts
  return [
    {
      id: 'what',
      header: t('scripts.what'),
      fixed: true,
      cell: (script) => (
        <Stack gap={0}>
          <Text size="sm" fw={550} className={classes.wrapped ?? ''}>
            {t(`scripts.class-${script.outcome.class}`)}
          </Text>
          <Text size="xs" c="dimmed" hiddenFrom="sm" className={classes.wrapped ?? ''}>
            {whoOf(texts, script.match, campaigns ?? undefined)}
          </Text>
          {script.name === null ? null : (
            <Text size="xs" c="dimmed">
              {script.name}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      id: 'who',
      header: t('scripts.who'),
      wide: true,
      cell: (script) => whoOf(texts, script.match, campaigns ?? undefined),
    },
    {
      id: 'rate',
      header: t('scripts.rate'),
      align: 'end',
      cell: ({ outcome }) => `${formats.number(toPercent(outcome.rate))} %`,
    },
    {
      id: 'after',
      header: t('scripts.after'),
      wide: true,
      cell: ({ outcome: { latency_ms } }) =>
        latency_ms === 0
          ? t('scripts.after-usual')
          : t('scripts.after-seconds', { seconds: formats.number(latency_ms / 1_000) }),
    },
    {
      id: 'on',
      header: t('scripts.on'),
      cell: (script) => <ScriptSwitch script={script} />,
    },
    { id: 'menu', header: t('ui.actions'), fixed: true, align: 'end', cell: menu },
  ]
}
