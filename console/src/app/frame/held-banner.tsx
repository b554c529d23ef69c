import { Alert, Text } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getInstanceGuard } from '../../../../src/instance-guard/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import classes from './frame.module.css'

const lookAgainMs = 30_000

const Command = ({ children }: { readonly children: string }) => (
  <Text span inherit ff="monospace" fw={600}>
    {children}
  </Text>
)

/** On every page while this may be a copy of an installation: nothing leaves, and why (sending.md §4.6). */
export const HeldBanner = () => {
  const { t, rich } = useTexts()
  const { data } = useQuery({ ...read(getInstanceGuard), refetchInterval: lookAgainMs })
  if (!data?.reason) return null
  return (
    <Alert
      color="red.9"
      variant="filled"
      radius={0}
      role="alert"
      icon={<IconHandStop size={20} />}
      className={classes.banner ?? ''}
    >
      {t('run-acts.held')} {t(`run-acts.held-${data.reason}`)}{' '}
      {rich('run-acts.held-way', {
        original: <Command>campanile instance confirm --original</Command>,
        copy: <Command>campanile instance confirm --copy</Command>,
      })}
    </Alert>
  )
}
