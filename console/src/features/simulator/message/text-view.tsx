import { Text } from '@mantine/core'
import type { SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import classes from './message.module.css'

export const TextView = ({ mail }: { readonly mail: SimulatorMessage }) => {
  const { t } = useTexts()
  return (
    <div className={classes.words}>
      {mail.text === null ? (
        <Text c="dimmed">{t('simulator.text-none')}</Text>
      ) : (
        <pre className={classes.text}>{mail.text}</pre>
      )}
    </div>
  )
}
