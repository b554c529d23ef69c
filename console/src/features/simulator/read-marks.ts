import { useLocalStorage } from '@mantine/hooks'

/** Ids are UUIDv7, so one id stands for everything that arrived before it. */
type Marks = { readonly upTo: string; readonly ids: readonly string[] }

const idsMax = 1_000

/** What was read, remembered in this browser: the mailbox is looked at by many, each with his own bold lines. */
export const useReadMarks = () => {
  const [marks, setMarks] = useLocalStorage<Marks>({
    key: 'campanile-read-mail',
    defaultValue: { upTo: '', ids: [] },
    getInitialValueInEffect: false,
  })
  const isRead = (id: string): boolean => id <= marks.upTo || marks.ids.includes(id)
  return {
    isRead,
    markRead: (id: string) => {
      if (!isRead(id)) setMarks({ ...marks, ids: [id, ...marks.ids].slice(0, idsMax) })
    },
    markAllRead: (newest: string) => setMarks({ upTo: newest > marks.upTo ? newest : marks.upTo, ids: [] }),
  }
}
export type ReadMarks = ReturnType<typeof useReadMarks>
