import { Button } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { useSecondsUntil } from './seconds.ts'

const waitSecondsMax = 120

type Props = { readonly at: string; readonly busy: boolean; readonly onResend: () => void }

export const ResendButton = ({ at, busy, onResend }: Props) => {
  const { t } = useTexts()
  const seconds = useSecondsUntil(at, waitSecondsMax)
  return (
    <Button
      variant="subtle"
      size="compact-md"
      onClick={onResend}
      disabled={seconds > 0 || busy}
      className="tabular"
    >
      {seconds > 0 ? t('second-factor.resend-in', { seconds }) : t('second-factor.resend')}
    </Button>
  )
}
