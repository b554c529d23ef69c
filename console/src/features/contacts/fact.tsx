import { Card, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './contact-page.module.css'

type CardProps = { readonly title: string; readonly children: ReactNode; readonly action?: ReactNode }

/** One card of the overview. */
export const FactCard = ({ title, children, action }: CardProps) => (
  <Card withBorder padding="lg" component="section" aria-label={title}>
    <Title order={2}>{title}</Title>
    {children}
    {action}
  </Card>
)

type Fact = { readonly id: string; readonly label: string; readonly value: ReactNode }

/** Label and value, one below the other; what has no value is a dash. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className={classes.facts}>
    {facts.map(({ id, label, value }) => [
      <dt key={`${id}-label`}>{label}</dt>,
      <dd key={id}>{value === null || value === '' ? '–' : value}</dd>,
    ])}
  </dl>
)
