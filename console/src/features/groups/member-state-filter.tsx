import { SegmentedControl } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'

type State = 'pending' | 'left'
type Props = {
  readonly value: State | undefined
  readonly onChange: (state: State | undefined) => void
}

const states = ['pending', 'left'] as const

export const MemberStateFilter = ({ value, onChange }: Props) => {
  const { t } = useTexts()
  return (
    <SegmentedControl
      size="sm"
      aria-label={t('groups.state')}
      value={value ?? 'all'}
      onChange={(next) => onChange(states.find((state) => state === next))}
      data={[
        { value: 'all', label: t('groups.member-present') },
        ...states.map((state) => ({ value: state, label: t(`groups.member-${state}`) })),
      ]}
    />
  )
}
