import { useNavigate } from '@tanstack/react-router'
import { useMay } from '../../lib/session.ts'
import { useShortcut } from '../../lib/shortcuts.ts'

/** `g` and a letter lead to the places people go to most. */
export const usePlaceShortcuts = (): void => {
  const navigate = useNavigate()
  const may = useMay()
  const go = (to: string) => () => void navigate({ to })
  useShortcut(['g', 'h'], 'frame.shortcut-home', go('/'))
  useShortcut(
    ['g', 'c'],
    'frame.shortcut-campaigns',
    may('email.campaigns.view') ? go('/email/campaigns') : go('/'),
  )
  useShortcut(['g', 'p'], 'frame.shortcut-contacts', may('contacts.view') ? go('/contacts') : go('/'))
  useShortcut(
    ['g', 'm'],
    'frame.shortcut-mailbox',
    may('sending.simulator.use') ? go('/simulator/mailbox') : go('/'),
  )
}
