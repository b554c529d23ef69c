import { ColorSwatch, Group as Row } from '@mantine/core'
import type { Group } from '../../../../src/contacts/groups/contract.ts'

type Props = { readonly name: string; readonly colour: Group['colour'] }

/** The name of a group behind its colour. */
export const GroupMark = ({ name, colour }: Props) => (
  <Row gap={8} wrap="nowrap" component="span" display="inline-flex">
    <ColorSwatch
      component="span"
      size={10}
      withShadow={false}
      color={`var(--mantine-color-${colour ?? 'gray'}-${colour === null ? 4 : 6})`}
    />
    <span>{name}</span>
  </Row>
)
