import { Badge, type MantineColor } from '@mantine/core'
import { useTexts } from '../i18n/texts.tsx'

/** One colour per state, the same everywhere (charts included). */
export const stateColors = {
  accepted: 'green',
  delivered: 'green',
  deferred: 'yellow',
  rejected: 'red',
  suppressed: 'gray',
  uncertain: 'violet',
  opened: 'blue',
  clicked: 'indigo',
  bounced: 'red',
  complained: 'red',
  unsubscribed: 'gray',
  planned: 'gray',
  claimed: 'cyan',
  handed: 'cyan',
  pending: 'gray',
  queued: 'gray',
  in_progress: 'blue',
  running: 'blue',
  sending: 'blue',
  preparing: 'cyan',
  finishing: 'cyan',
  paused: 'yellow',
  held: 'yellow',
  completed: 'green',
  finished: 'green',
  failed: 'red',
  canceled: 'gray',
  draft: 'gray',
  scheduled: 'indigo',
  archived: 'gray',
  active: 'green',
  disabled: 'gray',
} as const satisfies Record<string, MantineColor>

export const colorOfState = (state: string): MantineColor =>
  (stateColors as Record<string, MantineColor>)[state] ?? 'gray'

type Props = { readonly state: string; readonly label?: string; readonly size?: 'sm' | 'md' | 'lg' }

/** The word carries the meaning, the colour only helps. */
export const StatusBadge = ({ state, label, size = 'md' }: Props) => {
  const { find } = useTexts()
  return (
    <Badge
      color={colorOfState(state)}
      variant="light"
      size={size}
      radius="sm"
      tt="none"
      fw={550}
      miw="max-content"
    >
      {label ?? find('states', state) ?? state}
    </Badge>
  )
}
