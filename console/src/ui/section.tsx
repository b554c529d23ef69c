import { Card, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './section.module.css'

type Props = {
  readonly title: string
  readonly text?: ReactNode
  readonly children: ReactNode
  /** Set apart: what it holds cannot be undone. */
  readonly danger?: boolean
}

/** A part of a settings page: words at the left, fields at the right. */
export const Section = ({ title, text, children, danger = false }: Props) => (
  <Card
    withBorder
    component="section"
    aria-label={title}
    className={classes.section ?? ''}
    {...(danger ? { 'data-danger': true } : {})}
  >
    <div>
      <Title order={2}>{title}</Title>
      {text === undefined ? null : (
        <Text size="sm" c="dimmed" mt={4}>
          {text}
        </Text>
      )}
    </div>
    <div className={classes.fields}>{children}</div>
  </Card>
)
