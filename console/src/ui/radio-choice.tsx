import { Group, Radio, Stack, Text } from '@mantine/core'
import classes from './radio-choice.module.css'

type Props = { readonly value: string; readonly title: string; readonly hint: string }

/** One answer of a `Radio.Group` with a sentence about what it means; the whole card can be clicked. */
export const RadioChoice = ({ value, title, hint }: Props) => (
  <Radio.Card value={value} className={classes.choice ?? ''} radius="md">
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <Radio.Indicator />
      <Stack gap={2}>
        <Text size="sm" fw={550}>
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      </Stack>
    </Group>
  </Radio.Card>
)
