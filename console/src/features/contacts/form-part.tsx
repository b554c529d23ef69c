import { Fieldset, Text } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { readonly title: string; readonly children: ReactNode }

/** Fields of a long form that belong together. */
export const FormPart = ({ title, children }: Props) => (
  <Fieldset
    variant="unstyled"
    legend={
      <Text span fw={650} mb="xs" display="block">
        {title}
      </Text>
    }
  >
    {children}
  </Fieldset>
)
