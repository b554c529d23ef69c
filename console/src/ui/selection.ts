import { useState } from 'react'

export type Selection = {
  readonly chosen: readonly string[]
  /** Every loaded row is ticked. */
  readonly all: boolean
  /** Not only the loaded rows: everything behind the filters. */
  readonly everything: boolean
  readonly clear: () => void
  readonly chooseEverything: () => void
  readonly toggleAll: () => void
  readonly toggle: (key: string) => void
}

/** The ticked rows of a table; rows that are gone are no longer ticked. */
export const useSelection = (keys: readonly string[]): Selection => {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [wanted, setEverything] = useState(false)
  const present = chosen.filter((key) => keys.includes(key))
  const all = keys.length > 0 && present.length === keys.length
  const choose = (next: readonly string[]) => {
    setEverything(false)
    setChosen(next)
  }
  return {
    chosen: present,
    all,
    everything: wanted && all,
    clear: () => choose([]),
    chooseEverything: () => setEverything(true),
    toggleAll: () => choose(all ? [] : keys),
    toggle: (key) =>
      choose(present.includes(key) ? present.filter((other) => other !== key) : [...present, key]),
  }
}
