import { Alert, List } from '@mantine/core'
import { useTexts } from '../../../i18n/texts.tsx'
import { isProblem } from '../../../lib/problem.ts'
import { problemTitle } from '../../../ui/error-state.tsx'

type Person = { readonly id: string; readonly name: string }

export const usersOf = (error: unknown): readonly Person[] => {
  const users = isProblem(error) ? error.members['users'] : null
  return Array.isArray(users) ? (users as Person[]).filter(({ name }) => typeof name === 'string') : []
}

/** The people a refusal is about, by name. */
export const RefusedUsers = ({ error }: { readonly error: unknown }) => {
  const texts = useTexts()
  const users = usersOf(error)
  if (users.length === 0) return null
  return (
    <Alert color="red" role="alert" title={problemTitle(error, texts)}>
      <List size="sm">
        {users.map(({ id, name }) => (
          <List.Item key={id}>{name}</List.Item>
        ))}
      </List>
    </Alert>
  )
}
