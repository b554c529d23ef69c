import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTexts } from '../i18n/texts.tsx'
import { ErrorState } from './error-state.tsx'

type Props = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children?: ReactNode
  /** What will be lost, with numbers: `['214 memberships', 'the history of opens']`. */
  readonly losses?: readonly string[]
  readonly action: string
  /** Only where nothing can bring it back: the word to type, such as the name of the thing. */
  readonly typed?: string
  readonly danger?: boolean
  /** Something in the dialogue still has to be chosen. */
  readonly disabled?: boolean
  readonly onConfirm: () => Promise<unknown>
}

const useConfirmation = ({ onConfirm, onClose }: Pick<Props, 'onConfirm' | 'onClose'>) => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, submit }
}

const Losses = ({ losses }: { readonly losses: readonly string[] }) => (
  <List size="sm" spacing={4}>
    {losses.map((loss) => (
      <List.Item key={loss}>{loss}</List.Item>
    ))}
  </List>
)

const Body = (props: Props) => {
  const { onClose, children, losses = [], typed, danger = true, disabled = false } = props
  const { t } = useTexts()
  const [word, setWord] = useState('')
  const { busy, error, submit } = useConfirmation(props)
  const untyped = typed !== undefined && word.trim() !== typed
  return (
    <Stack component="form" gap="md" onSubmit={(event) => void submit(event)}>
      {children === undefined ? null : (
        <Text size="sm" component="div">
          {children}
        </Text>
      )}
      {losses.length === 0 ? null : <Losses losses={losses} />}
      {typed === undefined ? null : (
        <TextInput
          label={t('ui.confirm-type', { word: typed })}
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
      )}
      {error === null ? null : <ErrorState error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" color={danger ? 'red' : 'indigo'} loading={busy} disabled={disabled || untyped}>
          {props.action}
        </Button>
      </Group>
    </Stack>
  )
}

/** Asks before something is lost, and names what. Shows the refusal in place if the act fails. */
export const ConfirmDialog = (props: Props) => (
  <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
    <Body {...props} />
  </Modal>
)
