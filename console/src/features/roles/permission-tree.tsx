import { Accordion, Checkbox, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import {
  areasOf,
  type PermissionArea,
  type PermissionNode,
  type PermissionWord,
  toggle,
} from './permission-areas.ts'
import classes from './permission-tree.module.css'

type TreeProps = {
  readonly words: readonly PermissionWord[]
  readonly chosen: ReadonlySet<string>
  readonly locked: boolean
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

const stateOf = (leaves: readonly PermissionWord[], chosen: ReadonlySet<string>) => {
  const count = leaves.filter((leaf) => chosen.has(leaf.key)).length
  return { count, checked: count === leaves.length, indeterminate: count > 0 && count < leaves.length }
}

const Leaf = ({ leaf, tree }: { readonly leaf: PermissionWord; readonly tree: TreeProps }) => {
  const { t } = useTexts()
  const checked = tree.chosen.has(leaf.key)
  const foreign = !leaf.grantable && !checked
  return (
    <Tooltip label={t('roles.not-yours')} disabled={!foreign || tree.locked}>
      <div>
        <Checkbox
          size="sm"
          label={leaf.leaf_label}
          checked={checked}
          disabled={tree.locked || foreign}
          onChange={(event) =>
            tree.onChange(toggle(tree.chosen, [leaf], event.currentTarget.checked, tree.words))
          }
        />
      </div>
    </Tooltip>
  )
}

const Node = ({ node, tree }: { readonly node: PermissionNode; readonly tree: TreeProps }) => {
  const { checked, indeterminate } = stateOf(node.leaves, tree.chosen)
  return (
    <fieldset className={classes.node} aria-label={node.label}>
      <Checkbox
        size="sm"
        fw={550}
        label={node.label}
        checked={checked}
        indeterminate={indeterminate}
        disabled={tree.locked || node.leaves.every((leaf) => !leaf.grantable && !tree.chosen.has(leaf.key))}
        onChange={() => tree.onChange(toggle(tree.chosen, node.leaves, !checked, tree.words))}
      />
      <Group gap="lg" className={classes.leaves ?? ''}>
        {node.leaves.map((leaf) => (
          <Leaf key={leaf.key} leaf={leaf} tree={tree} />
        ))}
      </Group>
    </fieldset>
  )
}

const Area = ({ area, tree }: { readonly area: PermissionArea; readonly tree: TreeProps }) => {
  const { t } = useTexts()
  const leaves = area.nodes.flatMap((node) => node.leaves)
  const { count, checked, indeterminate } = stateOf(leaves, tree.chosen)
  return (
    <Accordion.Item value={area.area}>
      <div className={classes.area}>
        <Checkbox
          aria-label={area.label}
          checked={checked}
          indeterminate={indeterminate}
          disabled={tree.locked || leaves.every((leaf) => !leaf.grantable && !tree.chosen.has(leaf.key))}
          onChange={() => tree.onChange(toggle(tree.chosen, leaves, !checked, tree.words))}
        />
        <Accordion.Control>
          <Group justify="space-between" pr="md" wrap="nowrap">
            <Text fw={600}>{area.label}</Text>
            <Text size="sm" c="dimmed" className="tabular">
              {t('roles.count', { count, total: leaves.length })}
            </Text>
          </Group>
        </Accordion.Control>
      </div>
      <Accordion.Panel>
        <Stack gap="sm">
          {area.nodes.map((node) => (
            <Node key={node.node} node={node} tree={tree} />
          ))}
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  )
}

/** Rights as a tree with three-state ticks; a search opens what it finds. */
export const PermissionTree = (tree: TreeProps) => {
  const { t } = useTexts()
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState<string[]>([])
  const areas = areasOf(tree.words, search)
  const found = areas.map((area) => area.area)
  return (
    <Stack gap="md">
      <TextInput
        type="search"
        role="searchbox"
        leftSection={<IconSearch size={16} />}
        placeholder={t('roles.search')}
        aria-label={t('roles.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        maw={340}
      />
      {areas.length === 0 ? <Text c="dimmed">{t('roles.no-match')}</Text> : null}
      <Accordion
        multiple
        variant="contained"
        chevronPosition="right"
        value={search.trim() === '' ? opened : found}
        onChange={setOpened}
      >
        {areas.map((area) => (
          <Area key={area.area} area={area} tree={tree} />
        ))}
      </Accordion>
    </Stack>
  )
}
