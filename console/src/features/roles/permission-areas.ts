import type { ReplyOf } from '../../../../src/http/contract.ts'
import type { listPermissions } from '../../../../src/security/roles/contract.ts'

export type PermissionWord = ReplyOf<typeof listPermissions>['data'][number]
export type PermissionNode = {
  readonly node: string
  readonly label: string
  readonly leaves: readonly PermissionWord[]
}
export type PermissionArea = {
  readonly area: string
  readonly label: string
  readonly nodes: readonly PermissionNode[]
}

const matches = (word: PermissionWord, wanted: string): boolean =>
  `${word.label} ${word.key}`.toLowerCase().includes(wanted)

/** The flat list of the server as a tree: area, what it is about, what may be done. */
export const areasOf = (words: readonly PermissionWord[], search = ''): readonly PermissionArea[] => {
  const wanted = search.trim().toLowerCase()
  const areas = new Map<string, Map<string, PermissionWord[]>>()
  for (const word of words.filter((one) => wanted === '' || matches(one, wanted))) {
    const nodes = areas.get(word.area) ?? new Map<string, PermissionWord[]>()
    nodes.set(word.node, [...(nodes.get(word.node) ?? []), word])
    areas.set(word.area, nodes)
  }
  return [...areas].map(([area, nodes]) => ({
    area,
    label: [...nodes.values()][0]?.[0]?.area_label ?? area,
    nodes: [...nodes].map(([node, leaves]) => ({ node, label: leaves[0]?.node_label ?? node, leaves })),
  }))
}

/** Ticking anything of a node ticks its view too, taking view away takes all of it: so does the server. */
export const toggle = (
  chosen: ReadonlySet<string>,
  leaves: readonly PermissionWord[],
  on: boolean,
  all: readonly PermissionWord[],
): ReadonlySet<string> => {
  const next = new Set(chosen)
  for (const leaf of leaves.filter((one) => one.grantable || chosen.has(one.key))) {
    const siblings = all.filter((one) => one.node === leaf.node)
    const view = siblings.find((one) => one.key === `${leaf.node}.view`)
    if (on) {
      next.add(leaf.key)
      if (view) next.add(view.key)
    } else {
      next.delete(leaf.key)
      if (leaf === view) for (const one of siblings) next.delete(one.key)
    }
  }
  return next
}
